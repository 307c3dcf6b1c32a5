package dev.onewrite.protocol;

import dev.onewrite.spi.Rules;
import java.util.EnumSet;
import java.util.Set;

/** What is checked: the real decisions, or one of them broken. */
record Protocol(Rules rules, Receiver empty, Set<Flaw> flaws) {

  static final Protocol OURS =
      new Protocol(Rules.OURS, Receiver.Real.EMPTY, EnumSet.noneOf(Flaw.class));

  /**
   * As {@code SenderLanes} orders its steps. The floor by which it skips is as old as its look at
   * rows, so it need not look when it skips; the rest is harmless as long as discarded rows stay.
   */
  static final Protocol OF_WORKERS =
      new Protocol(
          Rules.OURS,
          Receiver.Real.EMPTY,
          EnumSet.of(
              Flaw.SKIPS_BY_FIRST_FLOOR,
              Flaw.SKIPPED_WITHOUT_LOOKING,
              Flaw.FORGETS_AT_SKIP,
              Flaw.FLOOR_BEFORE_ROWS_AT_START,
              Flaw.LOOKS_AGAIN));

  /** Decisions that are not a method of their own: what is read or written first, and by whom. */
  enum Flaw {
    /** Rule 5: an answer for the id under another position counts. */
    POSITION_NOT_MATCHED,
    /** Rule 6. */
    TWO_IN_FLIGHT,
    /** Rule 8: what was emitted later blocks too. */
    HIGHER_BLOCKS,
    /** Rule 9: rows, then the offset. */
    ROWS_BEFORE_OFFSET,
    /** Rule 9: what the floor has passed is no sign that there are rows. */
    SKIPPED_WITHOUT_LOOKING,
    /** Not wrong: it skips by the floor that it read with the rows, never by a later one. */
    SKIPS_BY_FIRST_FLOOR,
    /** The floor has passed a message, no row is left: the next is sent without a look. */
    FORGETS_AT_SKIP,
    /** Floor, then rows, each by itself: rows that go in between are missed. */
    FLOOR_BEFORE_ROWS_AT_START,
    /** Not wrong: at any time it looks for rows anew, and forgets what it knew of them. */
    LOOKS_AGAIN,
    /** Rule 10: with the floor as the worker knows it, before the transaction. */
    FLOOR_BEFORE_TRANSACTION,
    /** Rule 11. */
    IDLE_STAYS,
    /** Rule 11: the query that finds nothing, then the bound. */
    BOUND_AFTER_QUERY,
    /** Rule 12: the greatest over the slices. */
    STARTS_AT_GREATEST,
    /** Rule 12: a slice that no range covers does not count. */
    MISSING_RANGE_IGNORED_AT_START,
    /** Rule 13: a slice that no range covers does not count. */
    MISSING_RANGE_IGNORED_IN_FLOOR,
    /** Rule 13: the greatest over the slices. */
    FLOOR_IS_GREATEST,
    /** Not wrong by itself, if the floor stays: a zombie lowers an offset. */
    OFFSETS_FALL,
    /** Rule 14: rows, then the floor. */
    ROWS_BEFORE_FLOOR,
    /** Rule 15: the deferred rows of all receivers. */
    HELD_BY_ALL,
    /** Rule 18: the floor, then the transaction. */
    REDRIVEN_ABOVE_OLD_FLOOR
  }

  boolean has(Flaw flaw) {
    return flaws.contains(flaw);
  }
}
