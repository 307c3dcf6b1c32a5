package dev.onewrite.store.jdbc;

/** What a failed statement says about the rows it was to write, and about everybody else's. */
public enum FailureKind {
  /** The row's key is there already. Concerns this row alone; nothing of it was written. */
  TAKEN,
  /** No row can be written at the moment, whoever's: busy, unreachable, an I/O error. */
  UNAVAILABLE,
  /**
   * A statement took longer than the database allows. Perhaps this row's fault, perhaps
   * everybody's: its neighbours are tried without it, and if one of them takes as long, none of
   * them any more. Journal rows that were sent together fail together.
   */
  TIMED_OUT,
  /** The stored bytes are not what the database wrote. No retry mends it. */
  DAMAGED,
  /** Anything else. It may be this row's fault, so its neighbours are tried without it. */
  OTHER
}
