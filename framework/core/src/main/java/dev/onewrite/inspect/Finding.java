package dev.onewrite.inspect;

/**
 * Something in a store that Onewrite would not have left so.
 *
 * @param where an entity, a group, a row: whatever it is about
 */
public record Finding(Kind kind, String where, String text) {

  /** What was found. Each has its line in docs/verify.md. */
  public enum Kind {
    /** A row's checksum does not fit its bytes, or its format is not known. */
    ROW_DAMAGED,
    /** A number is missing from a history, or it does not begin at 1. */
    HISTORY_GAP,
    /** Two rows of one history have the same number. */
    HISTORY_FORK,
    /** A writer has written again after another one had taken over. */
    WRITERS_INTERLEAVED,
    /** Rows of a history stand in another order in the journal than their numbers say. */
    ROWS_OUT_OF_ORDER,
    /** A row is stored under another slice than its entity's: its worker does not see it. */
    SLICE_WRONG,
    /** A snapshot's checksum does not fit its bytes, or its format is not known. */
    SNAPSHOT_DAMAGED,
    /** A snapshot is of a turn that the journal does not have. */
    SNAPSHOT_AHEAD,
    /** A snapshot is not what the batches up to it come to. */
    SNAPSHOT_DIFFERS,
    /** A delivery took effect again, or one that was settled did. */
    EFFECT_DOUBLED,
    /** Effects of one sender are in another order than it sent. */
    EFFECTS_OUT_OF_ORDER,
    /** An effect of an outgoing that no row holds. */
    EFFECT_WITHOUT_CAUSE,
    /**
     * Events that a group has passed without a trace, and none of the type emitted before has left
     * one: the component subscribed to it later, or they are lost.
     */
    EVENT_UNHEARD,
    /** An outgoing that its group has passed, and that is neither handled nor set aside. */
    OUTGOING_LOST,
    /** An activity that its group has passed, and whose result is still waited for. */
    ACTIVITY_LOST,
    /** An offset beyond the journal's end. */
    OFFSET_AHEAD,
    /** A floor above what the group's offsets allow. */
    FLOOR_AHEAD,
    /** A pending timer that the index of timers has passed and does not have. */
    TIMER_MISSING,
    /** A timer in the index that no row can have set. */
    TIMER_UNKNOWN,
    /** A message that is set aside and is not where its row says, or whose row cannot be read. */
    SET_ASIDE_WRONG;

    /** Whether it may be as Onewrite left it; the store does not say. */
    public boolean isWarning() {
      return this == EVENT_UNHEARD;
    }
  }
}
