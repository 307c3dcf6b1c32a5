package dev.onewrite.demo;

/**
 * The context of a form.
 *
 * @param revision how many texts it has had; the number its events carry
 * @param receipt what the registry gave for it; empty until then
 */
record Draft(int revision, String text, String receipt) {

  static Draft empty() {
    return new Draft(0, "", "");
  }

  Draft with(String next) {
    return new Draft(revision + 1, next, receipt);
  }

  Draft savedAs(String given) {
    return new Draft(revision, text, given);
  }
}
