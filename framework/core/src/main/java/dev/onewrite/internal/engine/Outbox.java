package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What an open turn has emitted, sent and invoked so far. */
final class Outbox {

  private final Address self;
  private final Surroundings surroundings;
  private final List<Outgoing> outgoings = new ArrayList<>();

  Outbox(Address self, Surroundings surroundings) {
    this.self = self;
    this.surroundings = surroundings;
  }

  void emit(Object event) {
    add(new Outgoing.Emitted(id(), surroundings.payloads().encode(event)));
  }

  void send(Address to, Object message) {
    if (!surroundings.hasComponent().test(to.component())) {
      throw new RefusedException(
          "OW114",
          "The turn of "
              + self
              + " sends to "
              + to
              + ", and this node has no component \""
              + to.component()
              + "\". The message would never arrive, so the turn is not journaled. Add the component"
              + " to Onewrite.builder().");
    }
    add(new Outgoing.Sent(id(), to, surroundings.payloads().encode(message)));
  }

  /** What a machine calls an address, as one. */
  static Address address(Object address) {
    return address instanceof Address known
        ? known
        : Address.ofPersistenceId(String.valueOf(address));
  }

  void invoke(String activityId, String name, Object input) {
    add(new Outgoing.Invoked(id(), activityId, name, surroundings.payloads().encode(input)));
  }

  /** Takes back an activity that this very turn started; a call that was journaled stays. */
  void revoke(String activityId) {
    outgoings.removeIf(
        outgoing ->
            outgoing instanceof Outgoing.Invoked invoked
                && invoked.activityId().equals(activityId));
  }

  private UUID id() {
    return surroundings.ids().next();
  }

  private void add(Outgoing outgoing) {
    if (outgoings.size() == Batch.OUTGOINGS_MAX) {
      throw new RefusedException(
          "OW104",
          "The turn of "
              + self
              + " has more than "
              + Batch.OUTGOINGS_MAX
              + " outgoings. It is not journaled. Send one message that stands for many, or go on"
              + " in a further turn by sending yourself a message.");
    }
    outgoings.add(outgoing);
  }

  List<Outgoing> outgoings() {
    return outgoings;
  }
}
