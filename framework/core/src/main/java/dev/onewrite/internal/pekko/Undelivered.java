package dev.onewrite.internal.pekko;

import dev.onewrite.component.RetryableException;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Refuses what Cluster Sharding drops on this node, to the one who sent it, who would otherwise
 * wait for its time-out.
 */
final class Undelivered {

  /*
   * A region drops what waits for a shard that is handed over, and what is sent to a shard just
   * gone ends as a dead letter: the order of messages would suffer otherwise. Here their order does
   * not depend on it: a delivery is answered before the next goes out, and a request has no order.
   */

  private Undelivered() {}

  /** Starts it on this node. */
  static ActorRef<?> start(ActorSystem<?> system) {
    Behavior<AllDeadLetters> behavior =
        Behaviors.setup(
            context -> {
              system
                  .eventStream()
                  .tell(new EventStream.Subscribe<>(AllDeadLetters.class, context.getSelf()));
              return Behaviors.receiveMessage(
                  letter -> {
                    refuse(letter);
                    return Behaviors.same();
                  });
            });
    return system.systemActorOf(behavior, "onewrite-undelivered", Props.empty());
  }

  private static void refuse(Object letter) {
    if (letter instanceof AllDeadLetters wrapped) {
      refuse(wrapped.message());
    } else if (letter instanceof EntityRegion.Envelope envelope) {
      refuse(envelope.message(), envelope.to().toString());
    } else if (letter instanceof EntityMessage message) {
      refuse(message, "The entity");
    }
  }

  private static void refuse(EntityMessage message, String entity) {
    message.refuse(
        new RetryableException(
            "OW150",
            entity
                + " is on its way to another node, and the message did not reach it. Call again"
                + " with the same request id."));
  }
}
