package dev.onewrite.journal;

import dev.onewrite.component.Address;
import java.util.UUID;
import java.util.function.Function;

/**
 * What leaves a turn for other entities.
 *
 * <pre>
 *   Outgoing
 *   ├─ Sent      id, to, payload     to one address
 *   └─ Emitted   id, payload         to whoever subscribes
 * </pre>
 */
public sealed interface Outgoing {

  /** A UUIDv7, the same in every delivery of it. */
  UUID id();

  Payload payload();

  <R> R match(Function<? super Sent, R> sent, Function<? super Emitted, R> emitted);

  /** A message to one address. */
  record Sent(UUID id, Address to, Payload payload) implements Outgoing {
    @Override
    public <R> R match(Function<? super Sent, R> sent, Function<? super Emitted, R> emitted) {
      return sent.apply(this);
    }
  }

  /** An event for whoever subscribes. */
  record Emitted(UUID id, Payload payload) implements Outgoing {
    @Override
    public <R> R match(Function<? super Sent, R> sent, Function<? super Emitted, R> emitted) {
      return emitted.apply(this);
    }
  }
}
