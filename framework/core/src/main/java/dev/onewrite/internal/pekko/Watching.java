package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.View;
import dev.onewrite.internal.codec.PayloadCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The observers of this node, and what it shows to those of other nodes. */
final class Watching extends AbstractBehavior<Watching.Command> {

  /*
   * Every node knows what is observed anywhere, so an entity that moves, or leaves memory and comes
   * back, is shown from wherever it is then, and nobody has to find it. A node that is new is told
   * of all that is observed, and then the entity is asked for its state, so that nothing is missed
   * in between. When a node is gone, what it had committed and not yet shown is asked for too.
   */

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");

  /** 1 s. What is not answered by then is said again. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private static final ServiceKey<WatchMessage> KEY =
      ServiceKey.create(WatchMessage.class, "onewrite-watching");

  private final PayloadCodec payloads;
  private final Observers shown;
  private final Entities entities;
  private final ActorRef<WatchMessage> self;
  private final Set<ActorRef<WatchMessage>> others = new HashSet<>();
  private final Map<Address, Watched> watched = new HashMap<>();
  private final Map<Shower.Key, Shower> showers = new HashMap<>();

  /** What it is told. */
  sealed interface Command permits WatchMessage, Observe, End, Changed, Nodes, Tick {}

  /** An observer of this node; it was added to those that local entities know. */
  record Observe(Address entity, Newest observer) implements Command {}

  /** It observes no more. */
  record End(Address entity, Newest observer) implements Command {}

  record Changed(Shower.Key key) implements Command {}

  private record Nodes(Set<ActorRef<WatchMessage>> all) implements Command {}

  private record Tick() implements Command {}

  /** One entity that is observed here. */
  private static final class Watched {
    final List<Newest> observers = new ArrayList<>();
    final Set<ActorRef<WatchMessage>> untold = new HashSet<>();
    boolean asked;
  }

  static ActorRef<Command> start(
      ActorSystem<?> system, PayloadCodec payloads, Observers shown, Entities entities) {
    return system.systemActorOf(
        Behaviors.<Command>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(new Tick(), AGAIN);
                      return new Watching(context, payloads, shown, entities);
                    })),
        "onewrite-watching",
        Props.empty());
  }

  private Watching(
      ActorContext<Command> context, PayloadCodec payloads, Observers shown, Entities entities) {
    super(context);
    this.payloads = payloads;
    this.shown = shown;
    this.entities = entities;
    this.self = context.getSelf().narrow();
    ActorRef<Receptionist.Command> receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(KEY, self));
    receptionist.tell(
        Receptionist.subscribe(
            KEY,
            context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new Nodes(listing.getAllServiceInstances(KEY)))));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Observe.class, this::observe)
        .onMessage(End.class, this::end)
        .onMessage(WatchMessage.Watched.class, this::told)
        .onMessage(WatchMessage.Shown.class, this::shown)
        .onMessage(WatchMessage.Watch.class, this::watch)
        .onMessage(WatchMessage.Unwatch.class, this::unwatch)
        .onMessage(WatchMessage.Looked.class, this::looked)
        .onMessage(Changed.class, this::changed)
        .onMessage(Nodes.class, this::nodes)
        .onMessage(Tick.class, tick -> again())
        .build();
  }

  // The observers of this node.

  private Behavior<Command> observe(Observe observe) {
    Watched entity = watched.get(observe.entity());
    if (entity == null) {
      entity = new Watched();
      watched.put(observe.entity(), entity);
      entity.untold.addAll(others);
      tellUntold(observe.entity(), entity);
    }
    entity.observers.add(observe.observer());
    ask(observe.entity(), entity);
    return this;
  }

  private Behavior<Command> end(End end) {
    Watched entity = watched.get(end.entity());
    if (entity != null) {
      entity.observers.remove(end.observer());
      if (entity.observers.isEmpty()) {
        watched.remove(end.entity());
        others.forEach(other -> other.tell(new WatchMessage.Unwatch(end.entity(), self)));
      }
    }
    return this;
  }

  private void tellUntold(Address address, Watched entity) {
    entity.untold.forEach(other -> other.tell(new WatchMessage.Watch(address, self)));
  }

  private void ask(Address address, Watched entity) {
    entity.asked = true;
    entities.show(address, self);
  }

  private Behavior<Command> told(WatchMessage.Watched told) {
    Watched entity = watched.get(told.entity());
    if (entity != null && entity.untold.remove(told.shower())) {
      ask(told.entity(), entity);
    }
    return this;
  }

  private Behavior<Command> shown(WatchMessage.Shown state) {
    Watched entity = watched.get(state.entity());
    if (entity != null) {
      entity.asked = false;
      Object context;
      try {
        context = payloads.decode(state.context());
      } catch (RuntimeException e) { // of another release; a newer state may be readable
        LOG.warn("A state of {} cannot be read here", state.entity(), e);
        return this;
      }
      Seen seen = new Seen(state.turn(), state.states(), context);
      entity.observers.forEach(observer -> observer.show(seen));
    }
    ActorRef<WatchMessage> shower = state.shower();
    if (shower != null) {
      shower.tell(new WatchMessage.Looked(state.entity(), state.turn(), self));
    }
    return this;
  }

  // What is shown to others.

  private Behavior<Command> watch(WatchMessage.Watch watch) {
    Shower.Key key = new Shower.Key(watch.entity(), watch.watcher());
    if (!showers.containsKey(key)) {
      ActorRef<Command> here = getContext().getSelf();
      Shower shower = new Shower(key, payloads, self, changed -> here.tell(new Changed(changed)));
      showers.put(key, shower);
      shown.add(watch.entity(), shower);
    }
    watch.watcher().tell(new WatchMessage.Watched(watch.entity(), self));
    return this;
  }

  private Behavior<Command> unwatch(WatchMessage.Unwatch unwatch) {
    stopShowing(new Shower.Key(unwatch.entity(), unwatch.watcher()));
    return this;
  }

  private void stopShowing(Shower.Key key) {
    Shower shower = showers.remove(key);
    if (shower != null) {
      shown.remove(key.entity(), shower);
    }
  }

  private Behavior<Command> changed(Changed changed) {
    with(changed.key(), Shower::send);
    return this;
  }

  private Behavior<Command> looked(WatchMessage.Looked looked) {
    with(new Shower.Key(looked.entity(), looked.watcher()), shower -> shower.looked(looked.turn()));
    return this;
  }

  private void with(Shower.Key key, Consumer<Shower> action) {
    Shower shower = showers.get(key);
    if (shower != null) {
      action.accept(shower);
    }
  }

  // Nodes that come and go, and messages that do not arrive.

  private Behavior<Command> nodes(Nodes nodes) {
    Set<ActorRef<WatchMessage>> now = new HashSet<>(nodes.all());
    now.remove(self);
    Set<ActorRef<WatchMessage>> gone = new HashSet<>(others);
    gone.removeAll(now);
    Set<ActorRef<WatchMessage>> come = new HashSet<>(now);
    come.removeAll(others);
    others.clear();
    others.addAll(now);
    new ArrayList<>(showers.keySet())
        .stream().filter(key -> gone.contains(key.watcher())).forEach(this::stopShowing);
    watched.forEach(
        (address, entity) -> {
          entity.untold.removeAll(gone);
          entity.untold.addAll(come);
          come.forEach(other -> other.tell(new WatchMessage.Watch(address, self)));
          if (!gone.isEmpty()) {
            ask(address, entity);
          }
        });
    return this;
  }

  private Behavior<Command> again() {
    watched.forEach(
        (address, entity) -> {
          tellUntold(address, entity);
          if (entity.asked) {
            ask(address, entity);
          }
        });
    showers.values().forEach(Shower::sendAgain);
    return this;
  }

  /** The state as it is sent to another node; null, and a warning, if it cannot be. */
  static WatchMessage.@Nullable Shown state(
      PayloadCodec payloads, long turn, View<?, ?> view, @Nullable ActorRef<WatchMessage> shower) {
    try {
      Object context = view.context();
      return new WatchMessage.Shown(
          view.self(), turn, Newest.states(view), payloads.encodeOwn(context), shower);
    } catch (RuntimeException e) { // an observer's trouble must not become the entity's
      LOG.warn("State {} of {} cannot be shown to another node", turn, view.self(), e);
      return null;
    }
  }
}
