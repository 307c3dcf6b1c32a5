package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.Subscription;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.Envelope;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a row goes to the entities of one component: what is sent to them, and what they hear of.
 */
public final class Routes {

  private final Component.Definition<?, ?, ?> definition;
  private final PayloadCodec payloads;
  private final Set<String> subscribed = new LinkedHashSet<>();

  public Routes(Component.Definition<?, ?, ?> definition, PayloadCodec payloads) {
    this.definition = definition;
    this.payloads = payloads;
    definition.subscriptions().forEach(s -> subscribed.addAll(payloads.namesOf(s.type())));
  }

  /** The deliveries, in the order emitted; see {@link dev.onewrite.spi.Group#deliveries}. */
  public List<Delivery> deliveries(TailRow tailRow) {
    Envelope batch = BatchCodec.envelope(tailRow.row());
    if (batch.outgoings().isEmpty()) {
      return List.of();
    }
    Address sender = Address.ofPersistenceId(tailRow.row().persistenceId());
    List<Delivery> deliveries = new ArrayList<>();
    for (int index = 0; index < batch.outgoings().size(); index++) {
      Outgoing outgoing = batch.outgoings().get(index);
      Cause.Delivered cause =
          new Cause.Delivered(outgoing.id(), sender, tailRow.position(), index, Position.START);
      for (Address receiver : receivers(outgoing)) {
        deliveries.add(new Delivery(receiver, cause, outgoing, false));
      }
    }
    return deliveries;
  }

  private Collection<Address> receivers(Outgoing outgoing) {
    return outgoing.match(
        sent -> sent.to().component().equals(definition.name()) ? List.of(sent.to()) : List.of(),
        emitted -> subscribed.contains(emitted.payload().type()) ? subscribers(emitted) : List.of(),
        invoked -> List.of());
  }

  private Collection<Address> subscribers(Outgoing.Emitted emitted) {
    Object event = payloads.decode(emitted.payload());
    for (Subscription<?, ?, ?, ?> subscription : definition.subscriptions()) {
      if (subscription.type().isInstance(event)) {
        return subscribers(subscription, event);
      }
    }
    return List.of();
  }

  /** Each receiver once: one outgoing has one effect at one receiver. */
  private <T> Collection<Address> subscribers(Subscription<?, ?, ?, T> subscription, Object event) {
    Set<Address> receivers = new LinkedHashSet<>();
    try {
      for (String id : subscription.receivers().apply(subscription.type().cast(event))) {
        receivers.add(new Address(definition.name(), id));
      }
    } catch (OnewriteException e) {
      throw e;
    } catch (RuntimeException e) { // the component's own function; without a code it ends the group
      throw new RefusedException(
          "OW106",
          "What says who of \""
              + definition.name()
              + "\" receives "
              + event.getClass().getSimpleName()
              + " threw "
              + e
              + ". The event waits, with all its sender sends after it, until it no longer throws.",
          e);
    }
    return receivers;
  }
}
