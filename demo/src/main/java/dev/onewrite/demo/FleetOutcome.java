package dev.onewrite.demo;

/** What has happened to a fleet so far. Durations are in nanoseconds, the longest of each kind. */
final class FleetOutcome {

  private int nodesKilled;
  private int nodesStalled;
  private int nodesReplaced;
  private int databaseKilled;
  private int probed;
  private int resent;
  private int retried;
  private long backAfterKillNanos;
  private long backAfterStallNanos;
  private long backAfterDatabaseNanos;

  /** A node was killed, and {@code entities} of its entities were back after so long. */
  void nodeKilled(long backNanos, int entities) {
    nodesKilled++;
    probed += entities;
    backAfterKillNanos = Math.max(backAfterKillNanos, backNanos);
  }

  void nodeStalled(long backNanos, int entities) {
    nodesStalled++;
    probed += entities;
    backAfterStallNanos = Math.max(backAfterStallNanos, backNanos);
  }

  void nodeReplaced() {
    nodesReplaced++;
  }

  /** The database was killed, and so long after its new start somebody was answered. */
  void databaseKilled(long backNanos) {
    databaseKilled++;
    backAfterDatabaseNanos = Math.max(backAfterDatabaseNanos, backNanos);
  }

  /** Steps without an answer went to another node. */
  void resent(int steps) {
    resent += steps;
  }

  /** A step failed and was tried again. */
  void retried() {
    retried++;
  }

  String soFar() {
    return "%d nodes killed, %d stalled, %d replaced, database killed %d times"
        .formatted(nodesKilled, nodesStalled, nodesReplaced, databaseKilled);
  }

  int outages() {
    return nodesKilled + nodesStalled + nodesReplaced + databaseKilled;
  }

  int nodesKilled() {
    return nodesKilled;
  }

  int nodesStalled() {
    return nodesStalled;
  }

  int nodesReplaced() {
    return nodesReplaced;
  }

  int databasesKilled() {
    return databaseKilled;
  }

  /** Entities that were waited for, in all. */
  int probed() {
    return probed;
  }

  int resentSteps() {
    return resent;
  }

  int retriedSteps() {
    return retried;
  }

  long backAfterKillNanos() {
    return backAfterKillNanos;
  }

  long backAfterStallNanos() {
    return backAfterStallNanos;
  }

  long backAfterDatabaseNanos() {
    return backAfterDatabaseNanos;
  }
}
