package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.engine.EntityState;
import dev.onewrite.internal.engine.Inbox;
import dev.onewrite.internal.engine.Intake;
import dev.onewrite.internal.engine.OpenTurn;
import dev.onewrite.internal.engine.Surroundings;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.JournalRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One entity: takes messages as its actor does, on the real engine, in the caller's thread. */
final class TestEntity<S, C, E> {

  /** As {@code onewrite.requests-retained} by default. */
  private static final int REQUESTS_RETAINED = 1_000;

  /** As {@code onewrite.requests-retained-for} by default. */
  private static final Duration REQUESTS_RETAINED_FOR = Duration.ofDays(30);

  /** As {@code onewrite.turn-timeout} by default: how long an async handler is waited for. */
  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

  private final Address self;
  private final Component.Definition<S, C, E> definition;
  private final Bench bench;
  private final Intake<S, C, E> intake;
  private final EntityState<S, C, E> state;
  private final RoundTrips roundTrips;
  private final List<Batch> history = new ArrayList<>();
  private final TurnIds ids;
  private final List<Outgoing.Invoked> calls = new ArrayList<>();
  private final List<TimerSet> timers = new ArrayList<>();
  private List<Made> steps = new ArrayList<>();

  TestEntity(Address self, Component.Definition<S, C, E> definition, Bench bench) {
    this.self = self;
    this.definition = definition;
    this.bench = bench;
    this.ids = new TurnIds(self);
    this.roundTrips = new RoundTrips(self, bench);
    Surroundings surroundings =
        new Surroundings(
            ids,
            bench.payloads(),
            bench::hasComponent,
            (trigger, step) -> {
              bench.taken().add(definition, step);
              steps.add(new Made(trigger, step));
            },
            Surroundings.REQUESTS_AHEAD_MAX);
    this.intake = new Intake<>(definition, surroundings, () -> bench.disk().now());
    this.state = empty();
    bench
        .disk()
        .store()
        .journal()
        .replay(self.persistenceId(), 1, Long.MAX_VALUE, Long.MAX_VALUE, this::read);
  }

  private EntityState<S, C, E> empty() {
    return new EntityState<>(self, definition, bench.payloads(), REQUESTS_RETAINED);
  }

  private void read(JournalRow row) {
    fold(bench.batches().decode(row));
  }

  private void fold(Batch batch) {
    state.apply(batch);
    history.add(batch);
    for (Outgoing outgoing : batch.outgoings()) {
      if (outgoing instanceof Outgoing.Invoked call) {
        calls.add(call);
      }
    }
    timers.addAll(batch.timers());
    calls.removeIf(call -> !state.awaits(call.activityId()));
    timers.removeIf(timer -> !state.isPending(timer.id()));
  }

  // --- looking ---------------------------------------------------------------------------------

  Address self() {
    return self;
  }

  EntityState<S, C, E> state() {
    return state;
  }

  Component.Definition<S, C, E> definition() {
    return definition;
  }

  List<Batch> history() {
    return List.copyOf(history);
  }

  /** Calls that were started and whose results are awaited, in the order started. */
  List<Outgoing.Invoked> calls() {
    return List.copyOf(calls);
  }

  /** Timers that are pending, in the order set. */
  List<TimerSet> timers() {
    return List.copyOf(timers);
  }

  /** States and context, for people. */
  String shown() {
    String context = String.valueOf(state.context());
    return definition.single() ? context : state.configuration() + " " + context;
  }

  /** A look at it, where nothing happens. */
  Turned untouched() {
    return turned("nothing", null, null, null);
  }

  // --- messages, as the entity's actor takes them ------------------------------------------------

  Turned request(String requestId, Object message) {
    String shown = "request " + requestId + ": " + message;
    return attempt(
        shown,
        () -> {
          Object read = roundTrips.message(message);
          Optional<Payload> answer = intake.answer(state, read);
          if (answer.isPresent()) {
            return told(shown, answer.get());
          }
          Cause.Requested cause = intake.requested(requestId, intake.encode(read));
          intake.check(state, cause, REQUESTS_RETAINED_FOR);
          if (state.handledBefore(cause)) {
            return told(shown, state.requests().reply(requestId).orElse(null));
          }
          return run(shown, intake.request(state, cause, read));
        });
  }

  Turned deliver(Delivery delivery) {
    Cause.Delivered cause = delivery.cause();
    String shown = "delivery from " + cause.sender() + ": " + value(delivery.outgoing().payload());
    return attempt(
        shown,
        () ->
            state.inbox().judge(cause) == Inbox.Verdict.NEW
                ? run(shown, intake.delivery(state, delivery))
                : told(shown, null));
  }

  Turned fire(String timerId) {
    Cause.Fired cause = new Cause.Fired(timerId);
    String shown = "timer " + timerId;
    return attempt(
        shown,
        () ->
            state.handledBefore(cause)
                ? told(shown, null)
                : run(shown, intake.timer(state, cause, false)));
  }

  Turned complete(String activityId, Object result) {
    Cause.Completed cause = new Cause.Completed(activityId);
    String shown = "result of activity " + activityId + ": " + result;
    return attempt(
        shown,
        () -> {
          Payload payload = bench.payloads().encode(roundTrips.message(result));
          return state.handledBefore(cause)
              ? told(shown, null)
              : run(shown, intake.result(state, cause, payload));
        });
  }

  /** Adds a batch as if a turn had journaled it. */
  void given(Batch batch) {
    commit(batch);
  }

  private Turned attempt(String shown, Supplier<Turned> message) {
    steps = new ArrayList<>();
    ids.turn(state.turns() + 1);
    try {
      return message.get();
    } catch (RuntimeException e) { // a refusal, or what the component's own code throws
      return turned(shown, null, null, e);
    }
  }

  private Turned told(String shown, @Nullable Payload reply) {
    return turned(shown, null, reply, null);
  }

  private Turned run(String shown, Intake.Opening<S, C, E> opening) {
    OpenTurn<S, C, E> turn = opening.turn();
    C context;
    try {
      opening.handler().ifPresent(call -> handle(turn, call));
      context = turn.machine().context();
    } catch (Throwable e) {
      turn.abandon();
      throw e;
    }
    Batch batch = turn.close();
    commit(batch);
    roundTrips.context(context, state.context());
    return turned(shown, batch, batch.reply(), null);
  }

  private Turned turned(
      String shown, @Nullable Batch batch, @Nullable Payload reply, @Nullable Throwable failure) {
    return new Turned(
        self,
        shown,
        bench.disk().elapsed(),
        List.copyOf(steps),
        batch,
        reply,
        failure,
        Set.copyOf(state.configuration()),
        state.context());
  }

  private void handle(OpenTurn<S, C, E> turn, Intake.Call<S, C, E> call) {
    Duration timeout = definition.turnTimeout().orElse(TURN_TIMEOUT);
    try {
      call.handling()
          .body()
          .handle(turn, call.message())
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (TimeoutException e) {
      throw Misuse.of("a handler of " + self + " did not end within " + timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    } catch (Exception e) { // a handler may throw what it likes
      throw new CompletionException(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }

  private void commit(Batch batch) {
    long number = state.turns() + 1;
    JournalRow row =
        new JournalRow(
            self.persistenceId(),
            number,
            "test",
            BatchCodec.MANIFEST,
            bench.batches().encode(self.persistenceId(), number, batch),
            bench.disk().now().toEpochMilli());
    bench.disk().store().journal().append(List.of(row)).toCompletableFuture().join();
    Batch read = bench.batches().decode(row);
    roundTrips.batch(batch, read);
    fold(read);
    if (!bench.isQuick()) {
      roundTrips.snapshot(state.stored());
    }
  }

  /** Whether the journal alone gives the state that the turns left. */
  void checkRecovery() {
    EntityState<S, C, E> recovered = empty();
    history.forEach(recovered::apply);
    StoredState expected = state.stored();
    roundTrips.recovery(expected, recovered.stored());
  }

  Object value(Payload payload) {
    return bench.payloads().decode(payload);
  }
}
