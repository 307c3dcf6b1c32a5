package dev.onewrite.spi;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing on its way to one receiver, outside the stream. The message itself is in the
 * journal.
 *
 * <pre>
 *   group, id, receiver   the key
 *   sender, row           whose row of which number holds the message
 *   origin, index         where it stands in the journal and in its row: the order of a sequence
 *   hold                  the position it is delivered with: origin, or higher after a redrive
 *   state                 FAILING | DEFERRED | PARKED | DONE | DISCARDED
 *   attempts              how many, and the first and the last failure
 *   discarded             by whom, why and when
 * </pre>
 */
public record SetAsideRow(
    Sequence sequence,
    UUID id,
    long row,
    Position origin,
    int index,
    Position hold,
    State state,
    Attempts attempts,
    @Nullable Discard discarded) {

  /** The order in which a sender emitted: by place, never by hold. */
  public static final Comparator<SetAsideRow> EMISSION =
      Comparator.comparing(SetAsideRow::origin).thenComparingInt(SetAsideRow::index);

  /** What a row says of its message. */
  public enum State {
    /** It has failed and is still tried in the stream. Nothing but the count depends on it. */
    FAILING,
    /** Perhaps handled, perhaps not: tried again in the background. */
    DEFERRED,
    /** Refused for good, or behind one that was. */
    PARKED,
    /** Handled after all. */
    DONE,
    /** Somebody decided that it never takes effect. */
    DISCARDED;

    /** Whether what was emitted later in the sequence has to wait. */
    public boolean blocks() {
      return this == DEFERRED || this == PARKED;
    }
  }

  /** Which message for whom: an event that several receive has a row for each. */
  public record Key(String group, UUID id, Address receiver) {}

  /** Who discarded it, why and when. */
  public record Discard(String by, Attempts.Note reason) {}

  /** A message that comes along the stream and has no row yet. */
  public static SetAsideRow of(String group, Delivery delivery, long row) {
    return new SetAsideRow(
        new Sequence(group, delivery.cause().sender(), delivery.receiver()),
        delivery.cause().id(),
        row,
        delivery.cause().position(),
        delivery.cause().index(),
        delivery.cause().position(),
        State.FAILING,
        Attempts.NONE,
        null);
  }

  public Key key() {
    return new Key(sequence.group(), id, sequence.receiver());
  }

  public SetAsideRow in(State other) {
    return new SetAsideRow(sequence, id, row, origin, index, hold, other, attempts, discarded);
  }

  public SetAsideRow after(Attempts other) {
    return new SetAsideRow(sequence, id, row, origin, index, hold, state, other, discarded);
  }

  public SetAsideRow heldAt(Position other) {
    return new SetAsideRow(sequence, id, row, origin, index, other, state, attempts, discarded);
  }

  public SetAsideRow discarded(Discard discard) {
    return new SetAsideRow(
        sequence, id, row, origin, index, hold, State.DISCARDED, attempts, discard);
  }
}
