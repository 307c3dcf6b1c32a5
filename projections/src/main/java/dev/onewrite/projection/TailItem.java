package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.TailRow;
import java.util.Optional;

/**
 * A step along the tail.
 *
 * @param row what stands at the position; absent where an idle worker moves on to the tail's bound
 */
record TailItem(Position position, Optional<TailRow> row) {

  static TailItem of(TailRow row) {
    return new TailItem(row.position(), Optional.of(row));
  }

  static TailItem idle(Position bound) {
    return new TailItem(bound, Optional.empty());
  }

  /** Items of one lane are dealt with one after the other: a sender's, or the idle ones. */
  String lane() {
    return row.map(r -> r.row().persistenceId()).orElse("");
  }
}
