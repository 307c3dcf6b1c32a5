package dev.onewrite.spi;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;

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

  /** A delivery to another entity, which knows nothing of the sender's rows. */
  public Delivery(Address receiver, Cause.Delivered cause, Outgoing outgoing, boolean last) {
    this(receiver, cause, outgoing, last, 0);
  }
}
