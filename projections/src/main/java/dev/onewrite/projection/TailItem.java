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

  /** What it takes in memory, but for a few bytes. */
  long bytes() {
    return row.map(r -> r.row().payload().length).orElse(0);
  }

  /** Whose row it is; empty for an idle item. */
  String sender() {
    return row.map(r -> r.row().persistenceId()).orElse("");
  }
}
