package dev.onewrite.testkit;

/** Told of each {@link Place} as it is passed; it may throw an error that ends the process. */
@FunctionalInterface
interface Passing {

  Passing UNDISTURBED = (place, what) -> {};

  /**
   * A place is passed.
   *
   * @param what is committed, delivered, called; for people
   */
  void pass(Place place, String what);

  /** Whether this run repeats one in which everything was checked. */
  default boolean isRepetition() {
    return false;
  }
}
