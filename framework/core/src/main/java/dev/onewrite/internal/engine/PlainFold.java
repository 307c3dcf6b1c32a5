package dev.onewrite.internal.engine;

import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.StoredState;
import dev.onewrite.machine.Recorded;
import java.util.ArrayList;
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

  private final Inbox inbox = new Inbox();
  private final Pending pending = new Pending();
  private final Requests requests = new Requests(REQUESTS_MAX);
  private @Nullable Recorded machine;
  private @Nullable Payload context;
  private long turns;

  /** Whether an entity in this state would take the delivery as one it has not dealt with. */
  public boolean isNew(Cause.Delivered delivery) {
    return inbox.judge(delivery) == Inbox.Verdict.NEW;
  }

  /** Folds one batch, decoded by a codec that needs no types. */
  public void apply(Batch batch) {
    machine = batch.outcome().machine();
    context = batch.outcome().context() == null ? context : batch.outcome().context();
    batch
        .cause()
        .match(
            delivered -> {
              inbox.apply(delivered, batch.refusal());
              return true;
            },
            requested -> {
              requests.apply(requested, batch.reply());
              return true;
            },
            fired -> true,
            completed -> true);
    pending.apply(batch);
    turns++;
  }

  public long turns() {
    return turns;
  }

  /** How many requests it remembers. */
  public int requests() {
    return requests.size();
  }

  /** Absent before the first batch. */
  public Optional<Recorded> machine() {
    return Optional.ofNullable(machine);
  }

  /** The context of the last turn that changed it; absent before the first. */
  public Optional<Payload> context() {
    return Optional.ofNullable(context);
  }

  public Position stable() {
    return inbox.stable();
  }

  /** The deliveries it remembers, by outgoing id. */
  public List<StoredState.Mark> marks() {
    List<StoredState.Mark> marks = new ArrayList<>(inbox.size());
    inbox.forEach(
        (id, mark) -> marks.add(new StoredState.Mark(id, mark.position(), mark.refusal())));
    return marks;
  }

  /** Its last requests with their replies, oldest first: at least as many as the entity has. */
  public List<StoredState.Reply> replies() {
    return requests.stored();
  }

  /** The named timers that are pending. */
  public List<StoredState.Timer> timers() {
    return pending.storedTimers();
  }

  /** The activities of handlers that have not ended. */
  public List<String> invoked() {
    return pending.storedActivities();
  }

  /** Whether a timer, of the machine or of a handler, is still to fire. */
  public boolean isPending(String timerId) {
    return pending.message(timerId).isPresent()
        || (machine != null
            && machine.timers().stream().anyMatch(timer -> timer.id().equals(timerId)));
  }

  /** Whether the result of this activity is still waited for. */
  public boolean awaits(String activityId) {
    return pending.awaits(activityId)
        || (machine != null
            && machine.activities().stream()
                .anyMatch(activity -> activity.id().equals(activityId)));
  }
}
