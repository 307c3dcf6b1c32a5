package dev.onewrite.testkit;

/** The process died: unwinds everything that was in it. */
final class Died extends Error {

  Died(String where) {
    super(where, null, false, false);
  }
}
