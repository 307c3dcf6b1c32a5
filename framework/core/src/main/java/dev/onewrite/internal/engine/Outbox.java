package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import java.util.ArrayList;
import java.util.List;

/** What an open turn has emitted, sent and invoked so far. */
final class Outbox {

  private final Address self;
  private final Ids ids;
  private final PayloadCodec payloads;
  private final List<Outgoing> outgoings = new ArrayList<>();

  Outbox(Address self, Ids ids, PayloadCodec payloads) {
    this.self = self;
    this.ids = ids;
    this.payloads = payloads;
  }

  void emit(Object event) {
    add(new Outgoing.Emitted(ids.next(), payloads.encode(event)));
  }

  void send(Address to, Object message) {
    add(new Outgoing.Sent(ids.next(), to, payloads.encode(message)));
  }

  void invoke(String activityId, String name, Object input) {
    add(new Outgoing.Invoked(ids.next(), activityId, name, payloads.encode(input)));
  }

  /** Takes back an activity that this very turn started; a call that was journaled stays. */
  void revoke(String activityId) {
    outgoings.removeIf(
        outgoing ->
            outgoing instanceof Outgoing.Invoked invoked
                && invoked.activityId().equals(activityId));
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
