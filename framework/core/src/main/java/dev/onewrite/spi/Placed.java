package dev.onewrite.spi;

import org.jspecify.annotations.Nullable;

/**
 * What became of an outgoing that came along the stream.
 *
 * @param own its row as it is now, if it has one
 * @param senderHasRows whether any row of its sender is left in the group, this one included
 */
public record Placed(Step step, @Nullable SetAsideRow own, boolean senderHasRows) {

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
