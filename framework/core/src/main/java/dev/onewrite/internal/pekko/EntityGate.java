package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RetryableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of an entity: the bounded queue of its messages, and its restarts.
 *
 * <pre>
 *   waiting (at most waiting-max)  ──one at a time──▶  EntityActor
 *        │ full: OW112                                   │ dies: OW121 to the one it had,
 *        ▼                                               ▼ the others wait for its successor
 *      sender                                          unreadable: its reason to all of them
 * </pre>
 */
final class EntityGate extends AbstractBehavior<Object> {

  /*
   * The queue is here and not in the persistent actor because Pekko's stash, when full, either drops
   * silently or fails the actor with all that waits. Here a message too many is refused to the one
   * who sent it, and the death of the entity loses nobody's message.
   */

  /**
   * 5 s, to do what waits when the entity is to leave. Longer than that, its callers are better off
   * with a refusal that lets them call again at its new place.
   */
  static final Duration DRAIN_WITHIN = Duration.ofSeconds(5);

  private final TimerScheduler<Object> timers;
  private final Address self;
  private final Component.Definition<?, ?, ?> definition;
  private final Environment environment;
  private final Consumer<ActorRef<Object>> onIdle;
  private final Deque<EntityMessage> waiting = new ArrayDeque<>();
  private @Nullable ActorRef<EntityActor.Command> entity;
  private @Nullable EntityMessage current;
  private @Nullable OnewriteException unreadable;
  private boolean ready;
  private boolean pausing;
  private boolean leaving;
  private int failures;
  private long incarnation;

  /**
   * What an entity says to its gate. A report may arrive after the news of the entity's death, so
   * it says whose it is: one of a dead entity must not pass for its successor's.
   */
  record Reports(ActorRef<Object> gate, long incarnation) {

    /** It has read its journal. */
    void recovered() {
      gate.tell(new Recovered(incarnation));
    }

    /** It has dealt with its message. */
    void free() {
      gate.tell(new Free(incarnation));
    }

    /** It cannot read its journal, and stops. */
    void unreadable(Throwable reason) {
      gate.tell(new Unreadable(incarnation, reason));
    }
  }

  private record Recovered(long incarnation) {}

  private record Free(long incarnation) {}

  private record Unreadable(long incarnation, Throwable reason) {}

  /** Ends the gate when it has no work left; sent by whoever it told that it is idle. */
  enum Stop {
    STOP,
    /** The same, and what is not done soon is refused: another node waits for the entity. */
    HAND_OVER
  }

  private enum Signal {
    IDLE,
    DRAINED,
    TRY_AGAIN
  }

  /**
   * The gate of one entity.
   *
   * @param onIdle told when there was no work for {@code passivate-after}
   */
  static Behavior<Object> create(
      Address self,
      Component.Definition<?, ?, ?> definition,
      Environment environment,
      Consumer<ActorRef<Object>> onIdle) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new EntityGate(context, timers, self, definition, environment, onIdle)));
  }

  private EntityGate(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      Address self,
      Component.Definition<?, ?, ?> definition,
      Environment environment,
      Consumer<ActorRef<Object>> onIdle) {
    super(context);
    this.timers = timers;
    this.self = self;
    this.definition = definition;
    this.environment = environment;
    this.onIdle = onIdle;
    context.setReceiveTimeout(environment.settings().passivateAfter(), Signal.IDLE);
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(EntityMessage.class, this::enqueue)
        .onMessage(Free.class, free -> free.incarnation() == incarnation, free -> freed())
        .onMessage(Recovered.class, r -> r.incarnation() == incarnation, r -> recovered())
        .onMessage(Unreadable.class, u -> u.incarnation() == incarnation, this::unreadable)
        .onMessageEquals(Signal.TRY_AGAIN, this::tryAgain)
        .onMessageEquals(Signal.IDLE, this::idle)
        .onMessageEquals(Stop.STOP, this::leave)
        .onMessageEquals(Stop.HAND_OVER, this::leaveSoon)
        .onMessageEquals(Signal.DRAINED, this::drained)
        .onMessage(Object.class, reportOfOneThatDied -> this)
        .onSignal(ChildFailed.class, failed -> died(failed.getCause()))
        .onSignal(PostStop.class, stopped -> stopped())
        .build();
  }

  private Behavior<Object> enqueue(EntityMessage message) {
    if (unreadable != null) {
      message.refuse(unreadable);
    } else if (waiting.size() >= environment.settings().waitingMax()
        && !(message instanceof EntityMessage.Show)) {
      message.refuse(
          new RetryableException(
              "OW112",
              self
                  + " has "
                  + waiting.size()
                  + " messages waiting, as many as onewrite.waiting-max allows. This one was not"
                  + " taken. Call again later, slower, or spread the work over more entities."));
    } else {
      waiting.add(message);
      pump();
    }
    return this;
  }

  private void pump() {
    if (entity == null) {
      if (!pausing && !waiting.isEmpty()) {
        Reports reports = new Reports(getContext().getSelf(), ++incarnation);
        entity =
            getContext().spawnAnonymous(EntityActor.create(self, definition, environment, reports));
        getContext().watch(entity);
      }
    } else if (ready && current == null && !waiting.isEmpty()) {
      current = waiting.poll();
      entity.tell(new EntityActor.Take(current));
    }
  }

  private Behavior<Object> recovered() {
    ready = true;
    pump();
    return this;
  }

  private Behavior<Object> freed() {
    current = null;
    failures = 0;
    pump();
    return stayOrGo();
  }

  private Behavior<Object> leave() {
    leaving = true;
    return stayOrGo();
  }

  private Behavior<Object> leaveSoon() {
    timers.startSingleTimer(Signal.DRAINED, DRAIN_WITHIN);
    return leave();
  }

  /** It is to leave, and there was too much to do. The message it has at hand is still done. */
  private Behavior<Object> drained() {
    refuseWaiting();
    return stayOrGo();
  }

  private void refuseWaiting() {
    waiting.forEach(
        message ->
            message.refuse(
                new RetryableException(
                    "OW139",
                    self
                        + " moves to another node and did not take the message. Call again with the"
                        + " same request id.")));
    waiting.clear();
  }

  /** Its shard had no more patience, or its node none. */
  private Behavior<Object> stopped() {
    if (leaving) {
      if (current != null) {
        current.refuse(unknown("it had to move to another node meanwhile"));
      }
      refuseWaiting();
    }
    return this;
  }

  private RetryableException unknown(String why) {
    return new RetryableException(
        "OW121",
        "Whether "
            + self
            + " took the message is unknown: "
            + why
            + ". Call again with the same request id; what was journaled counts.");
  }

  /** What came between idling and the order to leave is done first. */
  private Behavior<Object> stayOrGo() {
    return leaving && current == null && waiting.isEmpty() ? Behaviors.stopped() : this;
  }

  private Behavior<Object> unreadable(Unreadable report) {
    OnewriteException reason = Failures.ofRecovery(self, report.reason());
    unreadable = reason;
    waiting.forEach(message -> message.refuse(reason));
    waiting.clear();
    return stayOrGo();
  }

  private Behavior<Object> died(Throwable cause) {
    entity = null;
    ready = false;
    if (unreadable == null) {
      environment.incidents().accept(new Incident.PersistFailed(self, String.valueOf(cause)));
    }
    if (current != null) {
      current.refuse(unknown("its write failed (" + cause.getMessage() + ")"));
      current = null;
    }
    pausing = true;
    failures++;
    timers.startSingleTimer(Signal.TRY_AGAIN, environment.settings().restart().delay(failures));
    return stayOrGo();
  }

  private Behavior<Object> tryAgain() {
    pausing = false;
    unreadable = null;
    pump();
    return this;
  }

  private Behavior<Object> idle() {
    if (current == null && waiting.isEmpty() && !pausing) {
      onIdle.accept(getContext().getSelf());
    }
    return this;
  }
}
