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
import dev.onewrite.machine.Snapshot;
import dev.onewrite.machine.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The open turn of one entity; the handler sees it as {@link Turn}.
 *
 * <p>It works on a copy and touches nothing of the entity: {@link #close} gives the batch that says
 * all it did. Its methods exclude each other, as a handler may use it from several threads, and
 * after {@link #close} or {@link #abandon} they all fail.
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
  private boolean closed;

  public OpenTurn(
      EntityState<S, C, E> before, Cause cause, Instant now, Ids ids, PayloadCodec payloads) {
    this.before = before;
    this.cause = cause;
    this.now = now;
    this.ids = ids;
    this.payloads = payloads;
    this.snapshot = before.machine();
    if (before.turns() == 0) {
      // An entity comes into being with its first batch, and so does what its initial state does.
      add(before.definition().machine().start(before.context(), now).effects());
    }
  }

  /** Ends the turn. */
  public synchronized Batch close() {
    closed = true;
    C context = snapshot.context();
    boolean changed = before.turns() == 0 || !context.equals(before.context());
    Payload encoded = changed ? payloads.encode(context) : null;
    return new Batch(
        cause,
        events,
        new Outcome(snapshot.recorded(), encoded),
        outgoings,
        timers,
        cancelled,
        reply,
        null,
        now,
        null);
  }

  /** Ends the turn without a batch: it failed, or took too long. */
  public synchronized void abandon() {
    closed = true;
  }

  @Override
  public Address self() {
    return before.self();
  }

  @Override
  public Optional<Address> sender() {
    return cause.match(
        delivered -> Optional.of(delivered.sender()),
        requested -> Optional.empty(),
        fired -> Optional.of(self()));
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public TurnMachine<S, C, E> machine() {
    return machine;
  }

  @Override
  public synchronized void assign(UnaryOperator<C> next) {
    checkOpen("assign");
    if (!before.definition().single()) {
      throw new RefusedException(
          "OW117",
          "assign on "
              + self()
              + ", whose component has a machine. Its context changes by transitions only: send"
              + " the machine an event whose transition assigns.");
    }
    C replaced = next.apply(snapshot.context());
    snapshot = before.definition().machine().restore(snapshot.recorded(), replaced);
  }

  @Override
  public synchronized void emit(Object event) {
    checkOpen("emit");
    add(new Outgoing.Emitted(ids.next(), payloads.encode(event)));
  }

  @Override
  public synchronized void send(Address to, Object message) {
    checkOpen("send");
    add(new Outgoing.Sent(ids.next(), to, payloads.encode(message)));
  }

  @Override
  public synchronized void reply(Object answer) {
    checkOpen("reply");
    if (reply != null) {
      throw new RefusedException(
          "OW116", "The turn of " + self() + " replied twice. A request has one reply.");
    }
    reply = payloads.encode(answer);
  }

  @Override
  public String idempotencyKey() {
    String message =
        cause.match(
            delivered -> "delivered/" + delivered.id(),
            requested -> "requested/" + requested.requestId(),
            fired -> "fired/" + fired.timerId());
    byte[] name = (self().persistenceId() + "/" + message).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  private void add(Outgoing outgoing) {
    if (outgoings.size() == Batch.OUTGOINGS_MAX) {
      throw new RefusedException(
          "OW104",
          "The turn of "
              + self()
              + " has more than "
              + Batch.OUTGOINGS_MAX
              + " outgoings. It is not journaled. Send one message that stands for many, or go on"
              + " in a further turn by sending yourself a message.");
    }
    outgoings.add(outgoing);
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
    throw new RefusedException("OW118", what + " in the machine of " + self() + " is not run yet.");
  }

  private void checkOpen(String call) {
    if (closed) {
      throw new RefusedException(
          "OW103",
          call
              + " on "
              + self()
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
          events.add(payloads.encode(event));
          snapshot = step.snapshot();
          add(step.effects());
        } else if (before.definition().strict()) {
          throw new RefusedException(
              "OW109",
              self()
                  + " in "
                  + configuration()
                  + " does not take "
                  + event.getClass().getSimpleName()
                  + ", and its component is strict. The turn is not journaled.");
        }
        return step.taken();
      }
    }

    @Override
    public boolean can(E event) {
      synchronized (OpenTurn.this) {
        return before.definition().machine().can(snapshot, event);
      }
    }

    @Override
    public Address self() {
      return before.self();
    }

    @Override
    public S state() {
      synchronized (OpenTurn.this) {
        return States.only(self(), snapshot.leaves());
      }
    }

    @Override
    public Set<S> configuration() {
      synchronized (OpenTurn.this) {
        return new LinkedHashSet<>(snapshot.leaves());
      }
    }

    @Override
    public boolean in(S state) {
      synchronized (OpenTurn.this) {
        return snapshot.in(state);
      }
    }

    @Override
    public C context() {
      synchronized (OpenTurn.this) {
        return snapshot.context();
      }
    }
  }
}
