package dev.onewrite.internal.inspect;

import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.TailRow;
import java.util.List;
import java.util.Optional;

/** Where a message that is set aside stands: its own row says only the place. */
public final class Holder {

  private Holder() {}

  /** The sender's row that holds the message, if it is at the place that {@code row} says. */
  static Optional<TailRow> of(Store store, SetAsideRow row) {
    Position place = row.origin();
    String sender = row.sequence().sender().persistenceId();
    int slice = SliceRange.sliceOf(sender);
    return store
        .tail()
        .read(
            Position.of(place.transaction(), place.ordering() - 1), new SliceRange(slice, slice), 1)
        .stream()
        .filter(found -> found.position().equals(place))
        .filter(found -> found.row().persistenceId().equals(sender))
        .filter(found -> found.row().sequenceNumber() == row.row())
        .findFirst();
  }

  /**
   * The message itself, if it is where {@code row} says.
   *
   * @throws dev.onewrite.component.BrokenException if the journal's row cannot be read
   */
  public static Optional<Outgoing> message(Store store, SetAsideRow row) {
    List<Outgoing> outgoings =
        of(store, row).map(held -> BatchCodec.envelope(held.row()).outgoings()).orElse(List.of());
    return outgoings.stream().filter(outgoing -> outgoing.id().equals(row.id())).findFirst();
  }
}
