package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.View;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import dev.onewrite.machine.Recorded;
import dev.onewrite.machine.Snapshot;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one entity: the fold of its batches, and of nothing else.
 *
 * <p>It is changed by {@link #apply} alone. What runs now and what was recovered went through the
 * same method, so that they cannot differ. While a batch is being written this is ahead of the
 * journal, and nobody sees it: its actor takes no message, and a failed write ends the actor and
 * this with it. Confined to its actor.
 */
public final class EntityState<S, C, E> implements View<S, C> {

  private final Address self;
  private final Component.Definition<S, C, E> definition;
  private final PayloadCodec payloads;
  private final Kept kept;
  private @Nullable Snapshot<S, C> machine;

  /**
   * An entity without a history.
   *
   * @param requestsRetained how many requests it remembers
   */
  public EntityState(
      Address self,
      Component.Definition<S, C, E> definition,
      PayloadCodec payloads,
      int requestsRetained) {
    this.self = self;
    this.definition = definition;
    this.payloads = payloads;
    this.kept = new Kept(requestsRetained);
  }

  /** Folds one batch. */
  @SuppressWarnings("unchecked") // a context of this entity is what its own turn encoded
  public void apply(Batch batch) {
    Payload context = batch.outcome().context();
    Recorded recorded = batch.outcome().machine();
    machine =
        context == null
            ? definition.machine().restoreWith(recorded, context())
            : definition.machine().restore(recorded, (C) payloads.decode(context));
    kept.apply(batch);
  }

  /** How many batches were folded: the sequence number of the last. */
  public long turns() {
    return kept.turns();
  }

  /**
   * The machine as folded so far. Without a history it is started when somebody asks, and not
   * before: what has a history never runs its actions again, not even those of its first state.
   */
  public Snapshot<S, C> machine() {
    Snapshot<S, C> known = machine;
    if (known == null) {
      known = definition.machine().start().snapshot();
      machine = known;
    }
    return known;
  }

  public Inbox inbox() {
    return kept.inbox;
  }

  public Requests requests() {
    return kept.requests;
  }

  public Component.Definition<S, C, E> definition() {
    return definition;
  }

  /** Whether the turn this cause would start has been journaled before. */
  public boolean handledBefore(Cause cause) {
    return cause.match(
        delivered -> kept.inbox.judge(delivered) != Inbox.Verdict.NEW,
        requested -> kept.requests.handled(requested.requestId()),
        fired -> !isPending(fired.timerId()),
        completed -> !awaits(completed.activityId()));
  }

  /**
   * Whether a timer of this id, of the machine or of a handler, is still to fire. Also one that
   * this release's machine drops: until a batch says so, a release that is rolled back to waits for
   * it.
   */
  public boolean isPending(String timerId) {
    return kept.isPending(timerId);
  }

  /** The message of a pending named timer; absent for one of the machine. */
  public Optional<Payload> timerMessage(String timerId) {
    return kept.pending.message(timerId);
  }

  /**
   * Whether the result of this activity is still waited for, by the machine or by handlers; as
   * {@link #isPending}.
   */
  public boolean awaits(String activityId) {
    return kept.awaits(activityId);
  }

  /** Whether this release's machine drops an activity, and no batch says so yet. */
  public boolean drops(String activityId) {
    return awaits(activityId) && !awaitedByMachine(activityId) && !kept.pending.awaits(activityId);
  }

  /**
   * Whether the result of an activity is not waited for any more.
   *
   * @throws dev.onewrite.machine.MachineException OW015 if it is, by what this release's machine
   *     does not have: it must not be called, as its result could not be taken
   */
  public boolean isOver(String activityId) {
    machine().checkDefined(activityId);
    return !awaits(activityId);
  }

  boolean awaitedByMachine(String activityId) {
    return machine().activities().contains(activityId);
  }

  Map<String, String> timerIds() {
    return kept.pending.timerIds();
  }

  /** What a snapshot stores; nothing of it changes with this state afterwards. */
  public StoredState stored() {
    return kept.stored(new Outcome(machine().recorded(), payloads.encodeOwn(context())));
  }

  /** Becomes the state that {@link #stored} described. */
  @SuppressWarnings("unchecked") // a context of this entity is what its own turn encoded
  public void restore(StoredState stored) {
    Payload context = stored.outcome().context();
    C restored = context == null ? context() : (C) payloads.decode(context);
    machine = definition.machine().restore(stored.outcome().machine(), restored);
    kept.restore(stored);
  }

  @Override
  public Address self() {
    return self;
  }

  @Override
  public S state() {
    return States.only(self, machine().leaves());
  }

  @Override
  public Set<S> configuration() {
    return new LinkedHashSet<>(machine().leaves());
  }

  @Override
  public boolean in(S state) {
    return machine().in(state);
  }

  @Override
  public C context() {
    return machine().context();
  }
}
