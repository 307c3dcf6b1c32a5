package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RetryableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * All entities of one component on this node: starts them on their first message, lets idle ones
 * go. What arrives while one goes waits for its successor.
 */
final class EntityRegion extends AbstractBehavior<EntityRegion.Command> {

  private final Component.Definition<?, ?, ?> definition;
  private final Environment environment;
  private final Map<String, ActorRef<Object>> gates = new HashMap<>();
  private final Map<String, Deque<EntityMessage>> going = new HashMap<>();

  /** What the region is told. */
  sealed interface Command {}

  /** A message for one entity. */
  record Envelope(Address to, EntityMessage message) implements Command, Wire {}

  private record Idle(Address entity, ActorRef<Object> gate) implements Command {}

  private record Gone(Address entity) implements Command {}

  static Behavior<Command> create(
      Component.Definition<?, ?, ?> definition, Environment environment) {
    return Behaviors.setup(context -> new EntityRegion(context, definition, environment));
  }

  private EntityRegion(
      ActorContext<Command> context,
      Component.Definition<?, ?, ?> definition,
      Environment environment) {
    super(context);
    this.definition = definition;
    this.environment = environment;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Envelope.class, this::route)
        .onMessage(Idle.class, this::letGo)
        .onMessage(Gone.class, this::gone)
        .build();
  }

  private Behavior<Command> route(Envelope envelope) {
    Deque<EntityMessage> waiting = going.get(envelope.to().entityId());
    if (waiting == null) {
      gate(envelope.to()).tell(envelope.message());
    } else if (waiting.size() < environment.settings().waitingMax()) {
      waiting.add(envelope.message());
    } else {
      envelope
          .message()
          .refuse(
              new RetryableException(
                  "OW112", envelope.to() + " is leaving memory. Call again in a moment."));
    }
    return this;
  }

  private ActorRef<Object> gate(Address entity) {
    ActorRef<Object> running = gates.get(entity.entityId());
    if (running != null) {
      return running;
    }
    ActorRef<Command> region = getContext().getSelf();
    ActorRef<Object> gate =
        getContext()
            .spawnAnonymous(
                EntityGate.create(
                    entity, definition, environment, idle -> region.tell(new Idle(entity, idle))));
    getContext().watchWith(gate, new Gone(entity));
    gates.put(entity.entityId(), gate);
    return gate;
  }

  private Behavior<Command> letGo(Idle idle) {
    String id = idle.entity().entityId();
    if (!going.containsKey(id) && idle.gate().equals(gates.get(id))) {
      going.put(id, new ArrayDeque<>());
      idle.gate().tell(EntityGate.Stop.STOP);
    }
    return this;
  }

  private Behavior<Command> gone(Gone gone) {
    gates.remove(gone.entity().entityId());
    Deque<EntityMessage> waiting = going.remove(gone.entity().entityId());
    if (waiting != null) {
      waiting.forEach(message -> gate(gone.entity()).tell(message));
    }
    return this;
  }
}
