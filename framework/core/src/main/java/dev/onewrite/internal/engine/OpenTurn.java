package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.Turn;
import dev.onewrite.component.TurnMachine;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.machine.Effect;
import dev.onewrite.machine.Recorded;
import dev.onewrite.machine.Snapshot;
import dev.onewrite.machine.Step;
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

  private final EntityState<S, C, E> before;
  private final Cause cause;
  private final Instant now;
  private final Ids ids;
  private final PayloadCodec payloads;
  private final Tentative machine = new Tentative();
  private final List<Payload> events = new ArrayList<>();
  private final List<Outgoing> outgoings = new ArrayList<>();
  private final List<TimerSet> timers = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private Snapshot<S, C> snapshot;
  private @Nullable Payload reply;
  private @Nullable RuntimeException doom;
  private boolean closed;

  public OpenTurn(
      EntityState<S, C, E> before, Cause cause, Instant now, Ids ids, PayloadCodec payloads) {
    this.before = before;
    this.cause = cause;
    this.now = now.truncatedTo(ChronoUnit.MILLIS); // as the batch records it
    this.ids = ids;
    this.payloads = payloads;
    this.snapshot = before.machine();
    if (before.turns() == 0) {
      // An entity comes into being with its first batch, and so does what its initial state does.
      add(before.definition().machine().start(before.context(), this.now).effects());
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
    Payload encoded = changed ? payloads.encode(context) : null;
    Recorded recorded = snapshot.recorded();
    checkEncodable(recorded);
    return new Batch(
        cause,
        events,
        new Outcome(recorded, encoded),
        outgoings,
        timers,
        cancelled,
        reply,
        null,
        now,
        null);
  }

  /** The journal would find out too late: there, a refusal is a failed write. */
  private void checkEncodable(Recorded recorded) {
    Stream.concat(
            Stream.ofNullable(recorded.output()),
            recorded.timers().stream().map(Recorded.Timer::event).filter(Objects::nonNull))
        .forEach(payloads::encode);
  }

  /** Ends the turn without a batch: it failed, or took too long. */
  public synchronized void abandon() {
    closed = true;
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
        fired -> Optional.of(entity()));
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
    Payload payload = payloads.encode(event);
    add(new Outgoing.Emitted(ids.next(), payload));
  }

  @Override
  public synchronized void send(Address to, Object message) {
    checkOpen("send");
    Payload payload = payloads.encode(message);
    add(new Outgoing.Sent(ids.next(), Objects.requireNonNull(to, "to"), payload));
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

  private void add(Outgoing outgoing) {
    if (outgoings.size() == Batch.OUTGOINGS_MAX) {
      throw doomed(
          new RefusedException(
              "OW104",
              "The turn of "
                  + entity()
                  + " has more than "
                  + Batch.OUTGOINGS_MAX
                  + " outgoings. It is not journaled. Send one message that stands for many, or go on"
                  + " in a further turn by sending yourself a message."));
    }
    outgoings.add(outgoing);
  }

  private <X extends RuntimeException> X doomed(X failure) {
    if (doom == null) {
      doom = failure;
    }
    return failure;
  }

  private void add(List<Effect> effects) {
    for (Effect effect : effects) {
      effect.match(
          emitted -> {
            add(new Outgoing.Emitted(ids.next(), payloads.encode(emitted.event())));
            return true;
          },
          sent -> {
            Payload message = payloads.encode(sent.message());
            add(new Outgoing.Sent(ids.next(), addressOf(sent.address()), message));
            return true;
          },
          started -> timers.add(new TimerSet(started.id(), now.plus(started.delay()), null)),
          stopped -> cancel(stopped.id()),
          activity -> unsupported("invoke"),
          activity -> unsupported("invoke"));
    }
  }

  private boolean cancel(String timerId) {
    return timers.removeIf(timer -> timer.id().equals(timerId)) || cancelled.add(timerId);
  }

  private static Address addressOf(Object address) {
    return address instanceof Address known
        ? known
        : Address.ofPersistenceId(String.valueOf(address));
  }

  private boolean unsupported(String what) {
    throw new RefusedException(
        "OW118", what + " in the machine of " + entity() + " is not run yet.");
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

  /** The machine as this turn has moved it so far. */
  private final class Tentative implements TurnMachine<S, C, E> {

    @Override
    public boolean send(E event) {
      synchronized (OpenTurn.this) {
        checkOpen("machine().send");
        Step<S, C, E> step = before.definition().machine().transition(snapshot, event, now);
        if (step.taken()) {
          take(event, step);
        } else if (before.definition().strict()) {
          throw doomed(
              new RefusedException(
                  "OW109",
                  entity()
                      + " in "
                      + snapshot.leaves()
                      + " does not take "
                      + event.getClass().getSimpleName()
                      + ", and its component is strict. The turn is not journaled."));
        }
        return step.taken();
      }
    }

    private void take(E event, Step<S, C, E> step) {
      try {
        events.add(payloads.encode(event));
        snapshot = step.snapshot();
        add(step.effects());
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
