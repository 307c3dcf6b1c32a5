package dev.onewrite.internal.engine;

import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.StoredState;
import dev.onewrite.machine.Recorded;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fold of an entity's batches where its component is not known: for tools. It is what {@link
 * EntityState} becomes, but for what only the component can say: a context that no turn has changed
 * yet, and what a newer release's machine or upcaster makes of a recorded state.
 */
public final class PlainFold {

  /** 100,000: the most that {@code onewrite.requests-retained} can be. */
  private static final int REQUESTS_MAX = 100_000;

  private final Kept kept = new Kept(REQUESTS_MAX);
  private @Nullable Payload context;

  /** Whether an entity in this state would take the delivery as one it has not dealt with. */
  public boolean isNew(Cause.Delivered delivery) {
    return kept.inbox.judge(delivery) == Inbox.Verdict.NEW;
  }

  /** Folds one batch, decoded by a codec that needs no types. */
  public void apply(Batch batch) {
    context = batch.outcome().context() == null ? context : batch.outcome().context();
    kept.apply(batch);
  }

  public long turns() {
    return kept.turns();
  }

  /** How many requests it remembers. */
  public int requests() {
    return kept.requests.size();
  }

  /** Absent before the first batch. */
  public Optional<Recorded> machine() {
    return kept.machine();
  }

  /** The context of the last turn that changed it; absent before the first. */
  public Optional<Payload> context() {
    return Optional.ofNullable(context);
  }

  public Position stable() {
    return kept.inbox.stable();
  }

  /** The deliveries it remembers, by outgoing id. */
  public List<StoredState.Mark> marks() {
    return kept.marks();
  }

  /** Its last requests with their replies, oldest first: at least as many as the entity has. */
  public List<StoredState.Reply> replies() {
    return kept.requests.stored();
  }

  /** The named timers that are pending. */
  public List<StoredState.Timer> timers() {
    return kept.pending.storedTimers();
  }

  /** The activities of handlers that have not ended. */
  public List<String> invoked() {
    return kept.pending.storedActivities();
  }

  /** Whether a timer, of the machine or of a handler, is still to fire. */
  public boolean isPending(String timerId) {
    return kept.isPending(timerId);
  }

  /** Whether the result of this activity is still waited for. */
  public boolean awaits(String activityId) {
    return kept.awaits(activityId);
  }
}
