package dev.onewrite.internal.engine;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.Turn;
import dev.onewrite.component.TurnMachine;
import dev.onewrite.component.TurnTimers;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Payload;
import dev.onewrite.machine.Effect;
import dev.onewrite.machine.Failure;
import dev.onewrite.machine.Machine;
import dev.onewrite.machine.Recorded;
import dev.onewrite.machine.Snapshot;
import dev.onewrite.machine.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The open turn of one entity; the handler sees it as {@link Turn}.
 *
 * <p>It works on a copy and touches nothing of the entity: {@link #close} gives the batch that says
 * all it did. Its methods exclude each other, as a handler may use it from several threads, and
 * after {@link #close} or {@link #abandon} they all fail.
 *
 * <p>A call either does all it says or nothing. Where it did a part and then failed, or says that
 * its failure is the turn's, the turn is doomed: also if the handler catches the exception, {@link
 * #close} throws it.
 */
public final class OpenTurn<S, C, E> implements Turn<S, C, E> {

  private static final Set<String> DOOMING = Set.of("OW104", "OW114", "OW118", "OW119");
  private final EntityState<S, C, E> before;
  private final Cause cause;
  private final Instant now;
  private final PayloadCodec payloads;
  private final Steps steps;
  private final Tentative machine = new Tentative();
  private final NamedTimers timers = new NamedTimers();
  private final List<Payload> events = new ArrayList<>();
  private final Outbox outbox;
  private final TimerChanges timerChanges;
  private Snapshot<S, C> snapshot;
  private @Nullable Payload reply;
  private int invocations;
  private @Nullable RuntimeException doom;
  private volatile boolean closed;

  public OpenTurn(
      EntityState<S, C, E> before, Cause cause, Instant now, Surroundings surroundings) {
    this.before = before;
    this.cause = cause;
    this.now = now.truncatedTo(ChronoUnit.MILLIS); // what the batch keeps of it
    this.payloads = surroundings.payloads();
    this.steps = surroundings.steps();
    this.outbox = new Outbox(before.self(), surroundings);
    this.timerChanges = new TimerChanges(before.turns() + 1, now, before.timerIds());
    this.snapshot = before.machine();
    if (before.turns() == 0) {
      // An entity comes into being with its first batch, and so does what its initial state does.
      move("start", before.definition().machine().start(this.now));
    }
  }

  /**
   * Ends the turn.
   *
   * @throws RefusedException OW108 or OW102 if the context, or what the machine keeps besides it,
   *     cannot be encoded; and what doomed the turn, if something did
   */
  public synchronized Batch close() {
    closed = true;
    if (doom != null) {
      throw doom;
    }
    C context = snapshot.context();
    boolean changed = before.turns() == 0 || !context.equals(before.context());
    Payload encoded = changed ? payloads.encodeOwn(context) : null;
    Recorded recorded = snapshot.recorded();
    return BatchSize.checked(
        entity(),
        bytesKept(recorded),
        new Batch(
            cause,
            events,
            new Outcome(recorded, encoded),
            outbox.outgoings(),
            timerChanges.set(),
            timerChanges.cancelled(),
            reply,
            null,
            now,
            null));
  }

  /** What cannot be encoded is refused here: in the journal it would be a failed write. */
  private long bytesKept(Recorded recorded) {
    return Stream.concat(
            Stream.ofNullable(recorded.output()),
            recorded.timers().stream().map(Recorded.Timer::event).filter(Objects::nonNull))
        .mapToLong(value -> payloads.encodeOwn(value).bytes().length)
        .sum();
  }

  /** Ends the turn without a batch: it failed, or took too long. */
  public void abandon() {
    closed = true;
  }

  /** Fires a timer of the machine. */
  public synchronized void fire(String timerId) {
    move(timerId, before.definition().machine().fire(snapshot, timerId, now));
  }

  /** Spends a timer of the machine without effect. */
  public synchronized void skip(String timerId) {
    Recorded without = Recordings.without(snapshot.recorded(), timerId);
    snapshot = before.definition().machine().restore(without, snapshot.context());
  }

  /** Brings the machine the result of an activity it waits for. */
  public synchronized void complete(String activityId, Object result) {
    events.add(payloads.encode(result));
    Machine<S, C, E> chart = before.definition().machine();
    move(
        result,
        result instanceof ActivityFailed failed
            ? chart.failed(snapshot, activityId, new Failure(failed.kind(), failed.message()), now)
            : chart.done(snapshot, activityId, result, now));
  }

  @Override
  public synchronized Address self() {
    checkOpen("self");
    return entity();
  }

  private Address entity() {
    return before.self();
  }

  @Override
  public synchronized Optional<Address> sender() {
    checkOpen("sender");
    return cause.match(
        delivered -> Optional.of(delivered.sender()),
        requested -> Optional.empty(),
        fired -> Optional.of(entity()),
        completed -> Optional.of(entity()));
  }

  @Override
  public synchronized Instant now() {
    checkOpen("now");
    return now;
  }

  @Override
  public synchronized TurnMachine<S, C, E> machine() {
    checkOpen("machine");
    return machine;
  }

  @Override
  public synchronized TurnTimers timers() {
    checkOpen("timers");
    return timers;
  }

  @Override
  public synchronized void assign(UnaryOperator<C> next) {
    checkOpen("assign");
    if (!before.definition().single()) {
      throw new RefusedException(
          "OW117",
          "assign on "
              + entity()
              + ", whose component has a machine. Its context changes by transitions only: send"
              + " the machine an event whose transition assigns.");
    }
    C replaced = Objects.requireNonNull(next.apply(snapshot.context()), "the context assigned");
    snapshot = before.definition().machine().restore(snapshot.recorded(), replaced);
  }

  @Override
  public synchronized void emit(Object event) {
    checkOpen("emit");
    doom(() -> outbox.emit(event));
  }

  @Override
  public synchronized void send(Address to, Object message) {
    checkOpen("send");
    doom(() -> outbox.send(to, message));
  }

  @Override
  public synchronized String invoke(String activity, Object input) {
    checkOpen("invoke");
    String id = "invoked#" + (before.turns() + 1) + "." + invocations++;
    doom(
        () -> {
          Invocations.checkResultsHandled(before.definition(), activity);
          invoke(id, activity, input);
        });
    return id;
  }

  private void invoke(String id, String activity, Object input) {
    Invocations.checkKnown(before.definition(), activity, input);
    payloads.checkOwn(input);
    outbox.invoke(id, activity, input);
  }

  @Override
  public synchronized void reply(Object answer) {
    checkOpen("reply");
    if (reply != null) {
      throw new RefusedException(
          "OW116", "The turn of " + entity() + " replied twice. A request has one reply.");
    }
    reply = payloads.encode(answer);
  }

  @Override
  public synchronized String idempotencyKey() {
    checkOpen("idempotencyKey");
    return IdempotencyKey.of(entity(), cause);
  }

  /** Takes over a step of the machine, with all it asks for. */
  private void move(Object trigger, Step<S, C, E> step) {
    steps.made(trigger, step);
    snapshot = step.snapshot();
    for (Effect effect : step.effects()) {
      effect.match(
          emitted -> does(() -> outbox.emit(emitted.event())),
          sent -> does(() -> outbox.send(Outbox.address(sent.address()), sent.message())),
          start -> does(() -> timerChanges.startId(start.id(), start.delay())),
          cancel -> does(() -> timerChanges.cancelId(cancel.id())),
          start -> does(() -> invoke(start.id(), start.name(), start.input())),
          stop -> does(() -> outbox.revoke(stop.id())));
    }
  }

  private static boolean does(Runnable effect) {
    effect.run();
    return true;
  }

  /** Dooms the turn if {@code call} is refused with a code that says it is not journaled. */
  private void doom(Runnable call) {
    try {
      call.run();
    } catch (RefusedException e) {
      throw DOOMING.contains(e.code()) ? doomed(e) : e;
    }
  }

  private <X extends RuntimeException> X doomed(X failure) {
    if (doom == null) {
      doom = failure;
    }
    return failure;
  }

  private void checkOpen(String call) {
    if (closed) {
      throw new RefusedException(
          "OW103",
          call
              + " on "
              + entity()
              + " after its turn closed. A Turn is valid only inside its handler; from a callback,"
              + " send the entity a message instead.");
    }
  }

  /** The entity's named timers as this turn has changed them so far. */
  private final class NamedTimers implements TurnTimers {

    @Override
    public void start(String name, Duration delay, Object message) {
      synchronized (OpenTurn.this) {
        checkOpen("timers().start");
        Address.checkId("timer name", name);
        Payload encoded = payloads.encodeOwn(message);
        doom(() -> timerChanges.start(name, delay, encoded));
      }
    }

    @Override
    public boolean cancel(String name) {
      synchronized (OpenTurn.this) {
        checkOpen("timers().cancel");
        try {
          return timerChanges.cancel(name);
        } catch (RefusedException e) { // one too many
          throw doomed(e);
        }
      }
    }
  }

  /** The machine as this turn has moved it so far. */
  private final class Tentative implements TurnMachine<S, C, E> {

    @Override
    public boolean send(E event) {
      synchronized (OpenTurn.this) {
        checkOpen("machine().send");
        Step<S, C, E> step = before.definition().machine().transition(snapshot, event, now);
        if (step.taken()) {
          take(event, step);
          return true;
        }
        steps.made(event, step);
        if (before.definition().strict()) {
          throw doomed(States.notTaken(entity(), snapshot.leaves(), event));
        }
        return false;
      }
    }

    private void take(E event, Step<S, C, E> step) {
      try {
        events.add(payloads.encode(event));
        move(event, step);
      } catch (RuntimeException e) { // half a step must not be journaled
        throw doomed(e);
      }
    }

    @Override
    public boolean can(E event) {
      synchronized (OpenTurn.this) {
        checkOpen("machine().can");
        return before.definition().machine().can(snapshot, event, now);
      }
    }

    @Override
    public Address self() {
      return OpenTurn.this.self();
    }

    @Override
    public S state() {
      synchronized (OpenTurn.this) {
        checkOpen("machine().state");
        return States.only(entity(), snapshot.leaves());
      }
    }

    @Override
    public Set<S> configuration() {
      synchronized (OpenTurn.this) {
        checkOpen("machine().configuration");
        return new LinkedHashSet<>(snapshot.leaves());
      }
    }

    @Override
    public boolean in(S state) {
      synchronized (OpenTurn.this) {
        checkOpen("machine().in");
        return snapshot.in(state);
      }
    }

    @Override
    public C context() {
      synchronized (OpenTurn.this) {
        checkOpen("machine().context");
        return snapshot.context();
      }
    }
  }
}
