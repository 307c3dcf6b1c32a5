package dev.onewrite.journal;

import dev.onewrite.component.Address;
import java.util.UUID;
import java.util.function.Function;

/**
 * What leaves a turn: for other entities, or for the outside.
 *
 * <pre>
 *   Outgoing
 *   ├─ Sent      id, to, payload                  to one address
 *   ├─ Emitted   id, payload                      to whoever subscribes
 *   └─ Invoked   id, activity id, name, payload   a call to the outside; its result comes back
 * </pre>
 */
public sealed interface Outgoing {

  /** A UUIDv7, the same in every delivery of it. */
  UUID id();

  Payload payload();

  <R> R match(
      Function<? super Sent, R> sent,
      Function<? super Emitted, R> emitted,
      Function<? super Invoked, R> invoked);

  /** A message to one address. */
  record Sent(UUID id, Address to, Payload payload) implements Outgoing {
    @Override
    public <R> R match(
        Function<? super Sent, R> sent,
        Function<? super Emitted, R> emitted,
        Function<? super Invoked, R> invoked) {
      return sent.apply(this);
    }
  }

  /** An event for whoever subscribes. */
  record Emitted(UUID id, Payload payload) implements Outgoing {
    @Override
    public <R> R match(
        Function<? super Sent, R> sent,
        Function<? super Emitted, R> emitted,
        Function<? super Invoked, R> invoked) {
      return emitted.apply(this);
    }
  }

  /**
   * A call to the outside.
   *
   * @param id the idempotency key of the call, the same in every attempt
   * @param activityId under which this entity waits for the result
   * @param name which activity of the component is called
   * @param payload its input
   */
  record Invoked(UUID id, String activityId, String name, Payload payload) implements Outgoing {
    @Override
    public <R> R match(
        Function<? super Sent, R> sent,
        Function<? super Emitted, R> emitted,
        Function<? super Invoked, R> invoked) {
      return invoked.apply(this);
    }
  }
}
