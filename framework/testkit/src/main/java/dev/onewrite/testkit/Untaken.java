package dev.onewrite.testkit;

/** What becomes of states and transitions that no test of a class took. */
public enum Untaken {
  /** Nothing. */
  OFF,
  /** They are logged, and published as an entry of the test report. */
  REPORT,
  /** The test class fails. */
  FAIL
}
