package dev.onewrite.spi;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;

/**
 * One outgoing on its way to one receiver.
 *
 * @param cause who sent it, where it stands in the journal, and what is stable
 * @param last whether a failure of this attempt is final: the receiver then makes its refusal
 *     durable before it answers
 * @param row the sequence number of the sender's row that holds the outgoing; 0 where nobody asks
 */
public record Delivery(
    Address receiver, Cause.Delivered cause, Outgoing outgoing, boolean last, long row) {

  /** The same outgoing with what an attempt adds to it. */
  public Delivery attempt(Position position, Position stable, boolean last) {
    Cause.Delivered attempted =
        new Cause.Delivered(cause.id(), cause.sender(), position, cause.index(), stable);
    return new Delivery(receiver, attempted, outgoing, last, row);
  }

  /** A delivery to another entity, which knows nothing of the sender's rows. */
  public Delivery(Address receiver, Cause.Delivered cause, Outgoing outgoing, boolean last) {
    this(receiver, cause, outgoing, last, 0);
  }
}
