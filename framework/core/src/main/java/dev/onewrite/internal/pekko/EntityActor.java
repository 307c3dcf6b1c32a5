package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.component.Handling;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.internal.engine.EntityState;
import dev.onewrite.internal.engine.Inbox;
import dev.onewrite.internal.engine.Intake;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Rules;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/** One entity: takes a message, runs its turn, persists the batch, answers. */
final class EntityActor<S, C, E>
    extends EventSourcedBehavior<EntityActor.Command, Batch, EntityState<S, C, E>> {

  /*
   * One message at a time. The gate in front hands over the next when this one said Free, so that
   * nothing ever waits in here: state, inbox and sequence number always describe the same prefix of
   * the journal. Nothing is sent from here: outgoings reach others only through the forwarder, which
   * reads what was journaled. That is the whole outbox guarantee.
   *
   * A turn goes  Take ──▶ handler ──▶ (Ended) ──▶ persist ──▶ fold, answer, Free.
   * A handler that runs elsewhere comes back as Ended with the number of its turn; one that took too
   * long is abandoned, and its late Ended has a number that is not the open turn's.
   */

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Address self;
  private final Component.Definition<S, C, E> definition;
  private final Environment environment;
  private final EntityGate.Reports reports;
  private final Intake<S, C, E> intake;
  private @Nullable RunningTurn<S, C, E> running;
  private long turnNumber;

  /** What the gate, and the turn under way, say to the entity. */
  sealed interface Command {}

  /** The next message. */
  record Take(EntityMessage message) implements Command {}

  /** The handler of that turn has ended. */
  record Ended(long turn, @Nullable Throwable failure) implements Command {}

  /** That turn has been open for too long. */
  record TimedOut(long turn) implements Command {}

  static <S, C, E> Behavior<Command> create(
      Address self,
      Component.Definition<S, C, E> definition,
      Environment environment,
      EntityGate.Reports reports) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new EntityActor<>(context, timers, self, definition, environment, reports)));
  }

  private EntityActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Address self,
      Component.Definition<S, C, E> definition,
      Environment environment,
      EntityGate.Reports reports) {
    super(PersistenceId.ofUniqueId(self.persistenceId()));
    this.context = context;
    this.timers = timers;
    this.self = self;
    this.definition = definition;
    this.environment = environment;
    this.reports = reports;
    this.intake = new Intake<>(definition, environment.turns(), environment.clock());
  }

  @Override
  public EntityState<S, C, E> emptyState() {
    return new EntityState<>(
        self, definition, environment.payloads(), environment.settings().requestsRetained());
  }

  @Override
  public EventHandler<EntityState<S, C, E>, Batch> eventHandler() {
    return (state, batch) -> {
      state.apply(batch);
      return state;
    };
  }

  @Override
  public CommandHandler<Command, Batch, EntityState<S, C, E>> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Take.class, (state, take) -> attempt(state, reached(state, take.message())))
        .onCommand(Ended.class, this::ended)
        .onCommand(TimedOut.class, this::timedOut)
        .build();
  }

  /**
   * Ends this actor where its journal has a row that it has not folded: another one of this entity
   * wrote it, or a write of its own that was given up came through. Its successor reads it.
   */
  private EntityMessage reached(EntityState<S, C, E> state, EntityMessage message) {
    if (message.row() > state.turns()) {
      throw Failures.behind(self, state.turns(), message.row());
    }
    return message;
  }

  /**
   * Takes a message. Whatever the component's own code throws on the way (answerers, guards,
   * assigns, what makes its first context) fails this message and neither the actor nor the JVM.
   */
  private Effect<Batch, EntityState<S, C, E>> attempt(
      EntityState<S, C, E> state, EntityMessage message) {
    try {
      return take(state, message);
    } catch (Throwable e) { // see above
      running = null;
      timers.cancelAll();
      return fail(state, message, Failures.ofHandler(self, e));
    }
  }

  private Effect<Batch, EntityState<S, C, E>> take(
      EntityState<S, C, E> state, EntityMessage message) {
    if (message instanceof EntityMessage.Deliver deliver) {
      return deliver(state, deliver);
    }
    if (message instanceof EntityMessage.Request request) {
      return request(state, request);
    }
    if (message instanceof EntityMessage.Fire fire) {
      return fire(state, fire);
    }
    if (message instanceof EntityMessage.Complete complete) {
      return complete(state, complete);
    }
    if (message instanceof EntityMessage.Inquire inquire) {
      return inquire(state, inquire);
    }
    show(state, (EntityMessage.Show) message);
    return free();
  }

  private Effect<Batch, EntityState<S, C, E>> inquire(
      EntityState<S, C, E> state, EntityMessage.Inquire inquire) {
    if (state.drops(inquire.activityId())) {
      Cause.Completed cause = new Cause.Completed(inquire.activityId());
      return persist(inquire, intake.dropped(state, cause));
    }
    inquire.answer(state.isOver(inquire.activityId()));
    return free();
  }

  private void show(EntityState<S, C, E> state, EntityMessage.Show show) {
    environment.observers().show(state.turns(), state);
    if (show.watcher() != null) {
      show.tell(Watching.state(environment.payloads(), state.turns(), state, null));
    }
  }

  private Effect<Batch, EntityState<S, C, E>> fire(
      EntityState<S, C, E> state, EntityMessage.Fire fire) {
    Cause.Fired cause = new Cause.Fired(fire.timerId());
    return awaited(
        state,
        fire,
        cause,
        () -> {
          environment.faults().reached(FaultPoint.BEFORE_FIRING);
          return intake.timer(state, cause, fire.skip());
        });
  }

  private Effect<Batch, EntityState<S, C, E>> complete(
      EntityState<S, C, E> state, EntityMessage.Complete complete) {
    Cause.Completed cause = new Cause.Completed(complete.activityId());
    return awaited(state, complete, cause, () -> intake.result(state, cause, complete.result()));
  }

  private Effect<Batch, EntityState<S, C, E>> awaited(
      EntityState<S, C, E> state,
      EntityMessage.Awaited message,
      Cause cause,
      Supplier<Intake.Opening<S, C, E>> opening) {
    if (state.handledBefore(cause)) {
      message.settle();
      return free();
    }
    return open(state, message, opening.get());
  }

  private Effect<Batch, EntityState<S, C, E>> deliver(
      EntityState<S, C, E> state, EntityMessage.Deliver deliver) {
    Cause.Delivered cause = deliver.delivery().cause();
    Inbox.Verdict verdict = state.inbox().judge(cause);
    if (verdict != Inbox.Verdict.NEW) {
      environment.faults().reached(FaultPoint.DUPLICATE);
      deliver.answer(verdict, state.inbox().refusal(cause.id()));
      return free();
    }
    return open(state, deliver, intake.delivery(state, deliver.delivery()));
  }

  private Effect<Batch, EntityState<S, C, E>> request(
      EntityState<S, C, E> state, EntityMessage.Request request) {
    Object message = intake.decode(request.payload());
    Optional<Payload> answer = intake.answer(state, message);
    if (answer.isEmpty()) {
      Cause.Requested cause = intake.requested(request.requestId(), request.payload());
      intake.check(state, cause, environment.settings().requestsRetainedFor());
      if (!state.handledBefore(cause)) {
        return open(state, request, intake.request(state, cause, message));
      }
      answer = state.requests().reply(request.requestId());
    }
    request.replyTo().tell(Reply.of(answer));
    return free();
  }

  private Effect<Batch, EntityState<S, C, E>> open(
      EntityState<S, C, E> state, EntityMessage message, Intake.Opening<S, C, E> opening) {
    return opening.handler().isPresent()
        ? start(
            state,
            new RunningTurn<>(++turnNumber, message, opening.turn()),
            opening.handler().get())
        : persist(message, opening.turn().close());
  }

  private Effect<Batch, EntityState<S, C, E>> start(
      EntityState<S, C, E> state, RunningTurn<S, C, E> starting, Intake.Call<S, C, E> call) {
    long number = starting.number();
    running = starting;
    if (call.handling().mode() == Handling.Mode.INLINE) {
      return ended(state, new Ended(number, starting.runInline(call)));
    }
    timers.startSingleTimer(number, new TimedOut(number), timeout());
    ActorRef<Command> actor = context.getSelf();
    starting.start(call, environment.blocking(), failure -> actor.tell(new Ended(number, failure)));
    return Effect().none();
  }

  private Duration timeout() {
    return definition.turnTimeout().orElse(environment.settings().turnTimeout());
  }

  private Effect<Batch, EntityState<S, C, E>> ended(EntityState<S, C, E> state, Ended ended) {
    RunningTurn<S, C, E> ending = running;
    if (ending == null || ending.number() != ended.turn()) {
      return Effect().none();
    }
    timers.cancel(ending.number());
    running = null;
    if (ended.failure() != null) {
      return abandon(state, ending, Failures.ofHandler(self, ended.failure()));
    }
    if (ending.isLate(timeout())) {
      return abandon(state, ending, Failures.tooLate(self, timeout()));
    }
    Batch batch;
    try {
      batch = ending.close();
    } catch (Throwable e) { // a context that cannot be compared or encoded
      return abandon(state, ending, Failures.ofHandler(self, e));
    }
    return persist(ending.message(), batch);
  }

  private Effect<Batch, EntityState<S, C, E>> timedOut(
      EntityState<S, C, E> state, TimedOut timedOut) {
    RunningTurn<S, C, E> open = running;
    if (open == null || open.number() != timedOut.turn()) {
      return Effect().none();
    }
    running = null;
    return abandon(state, open, Failures.tooLate(self, timeout()));
  }

  private Effect<Batch, EntityState<S, C, E>> abandon(
      EntityState<S, C, E> state, RunningTurn<S, C, E> turn, OnewriteException reason) {
    turn.abandon();
    return fail(state, turn.message(), reason);
  }

  private Effect<Batch, EntityState<S, C, E>> persist(EntityMessage message, Batch batch) {
    return Effect()
        .persist(batch)
        .thenRun(
            state -> {
              if (message instanceof EntityMessage.Deliver) {
                environment.faults().reached(FaultPoint.BEFORE_ACKNOWLEDGEMENT);
              }
              message.committed(batch);
              environment.observers().show(state.turns(), state);
              reports.free();
            });
  }

  private Effect<Batch, EntityState<S, C, E>> fail(
      EntityState<S, C, E> state, EntityMessage message, OnewriteException reason) {
    if (!(message instanceof EntityMessage.Deliver deliver) || Failures.isSilence(reason)) {
      message.refuse(reason);
      return free();
    }
    if (!Rules.OURS.isJournaled(deliver.delivery().last())) {
      deliver.answer(Answer.Kind.FAILED, reason.getMessage());
      return free();
    }
    try {
      return persist(
          deliver, intake.refusal(state, deliver.delivery().cause(), reason.getMessage()));
    } catch (Throwable e) { // it has no first state to refuse in: perhaps after the mend
      deliver.refuse(reason);
      return free();
    }
  }

  private Effect<Batch, EntityState<S, C, E>> free() {
    reports.free();
    return Effect().none();
  }

  @Override
  public SignalHandler<EntityState<S, C, E>> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> recovered(state))
        .onSignal(RecoveryFailed.class, (state, signal) -> unreadable(signal.getFailure()))
        .build();
  }

  private void recovered(EntityState<S, C, E> state) {
    long last = lastSequenceNumber(context);
    if (state.turns() == last) {
      environment.observers().show(state.turns(), state);
      reports.recovered();
      return;
    }
    BrokenException broken = Failures.endsEarly(self, last, state.turns());
    unreadable(broken);
    throw broken;
  }

  private void unreadable(Throwable failure) {
    reports.unreadable(failure);
  }

  @Override
  public SnapshotAdapter<EntityState<S, C, E>> snapshotAdapter() {
    return new StatesStored<>(this::emptyState);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(environment.settings().snapshotEvery(), 2);
  }

  @Override
  public String journalPluginId() {
    return "onewrite.pekko.journal";
  }

  @Override
  public String snapshotPluginId() {
    return "onewrite.pekko.snapshots";
  }
}
