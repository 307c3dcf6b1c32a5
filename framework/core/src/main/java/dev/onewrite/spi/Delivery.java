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
 */
public record Delivery(Address receiver, Cause.Delivered cause, Outgoing outgoing, boolean last) {}
