package dev.onewrite.internal.engine;

import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.StoredState;
import dev.onewrite.machine.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entity keeps beside its machine and its context: which deliveries and requests it has
 * dealt with, and what it waits for. The fold of its batches, for the entity and for tools alike.
 */
final class Kept {

  final Inbox inbox = new Inbox();
  final Requests requests;
  final Pending pending = new Pending();
  private @Nullable Recorded machine;
  private long turns;

  Kept(int requestsRetained) {
    this.requests = new Requests(requestsRetained);
  }

  /** Folds one batch. */
  void apply(Batch batch) {
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
    machine = batch.outcome().machine();
    turns++;
  }

  /** How many batches were folded: the sequence number of the last. */
  long turns() {
    return turns;
  }

  /** The machine as recorded last; absent before the first batch. */
  Optional<Recorded> machine() {
    return Optional.ofNullable(machine);
  }

  /** Whether a timer, of the machine or of a handler, is still to fire. */
  boolean isPending(String timerId) {
    return pending.message(timerId).isPresent()
        || (machine != null
            && machine.timers().stream().anyMatch(timer -> timer.id().equals(timerId)));
  }

  /** Whether the result of this activity is still waited for. */
  boolean awaits(String activityId) {
    return pending.awaits(activityId)
        || (machine != null
            && machine.activities().stream()
                .anyMatch(activity -> activity.id().equals(activityId)));
  }

  /** The deliveries it remembers, by outgoing id. */
  List<StoredState.Mark> marks() {
    List<StoredState.Mark> marks = new ArrayList<>(inbox.size());
    inbox.forEach(
        (id, mark) -> marks.add(new StoredState.Mark(id, mark.position(), mark.refusal())));
    return marks;
  }

  /** What a snapshot stores; nothing of it changes with this afterwards. */
  StoredState stored(Outcome outcome) {
    return new StoredState(
        turns,
        outcome,
        inbox.stable(),
        marks(),
        requests.stored(),
        pending.storedTimers(),
        pending.storedActivities(),
        requests.forgotten());
  }

  /** Becomes what {@link #stored} described. */
  void restore(StoredState stored) {
    inbox.restore(stored.stable(), stored.marks());
    requests.restore(stored);
    pending.restore(stored);
    machine = stored.outcome().machine();
    turns = stored.turns();
  }
}
