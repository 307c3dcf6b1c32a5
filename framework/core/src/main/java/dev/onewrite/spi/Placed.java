package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import org.jspecify.annotations.Nullable;

/**
 * What became of an outgoing that came along the stream.
 *
 * @param own its row as it is now, if it has one
 * @param senderHasRows whether any row of its sender is left in the group but discarded ones, this
 *     one included
 * @param discardedTo if not: where the last message of its sender stands that was discarded; {@link
 *     Position#START} if none was
 */
public record Placed(
    Step step, @Nullable SetAsideRow own, boolean senderHasRows, Position discardedTo) {

  /** Of a sender of which nothing was discarded, or more than that is left. */
  public Placed(Step step, @Nullable SetAsideRow own, boolean senderHasRows) {
    this(step, own, senderHasRows, Position.START);
  }

  /** What its worker does. */
  public enum Step {
    /** Nothing speaks against it: deliver. */
    SEND,
    /** It is dealt with: at or below the floor, or with a row of its own. Go on to the next. */
    SKIP,
    /** Its row was inserted, parked. Go on to the next. */
    PARK,
    /** Its row was inserted, deferred. Go on to the next. */
    DEFER;

    public boolean inserts() {
      return this == PARK || this == DEFER;
    }
  }

  /** What its worker wants. */
  public enum Wish {
    SEND,
    DEFER,
    PARK
  }
}
