package dev.onewrite.internal.engine;

import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import dev.onewrite.journal.TimerSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an entity's handlers wait for: named timers and the results of activities. What its machine
 * waits for is in the machine's snapshot.
 *
 * <p>A timer that fires, or a result that comes, for an id that is not pending is void. That is how
 * both take effect once, however often they are brought.
 */
final class Pending {

  private final Map<String, Timer> timers = new LinkedHashMap<>();
  private final Set<String> invoked = new LinkedHashSet<>();

  /** A named timer. */
  record Timer(String name, String id, Payload payload) {}

  /** Folds a batch. Whose an activity is, says what was recorded, not what is defined now. */
  void apply(Batch batch) {
    batch.cancelled().forEach(this::spend);
    batch
        .cause()
        .match(
            delivered -> false,
            requested -> false,
            fired -> spend(fired.timerId()),
            completed -> invoked.remove(completed.activityId()));
    for (TimerSet set : batch.timers()) {
      if (set.name() != null && set.payload() != null) {
        timers.put(set.name(), new Timer(set.name(), set.id(), set.payload()));
      }
    }
    for (Outgoing outgoing : batch.outgoings()) {
      if (outgoing instanceof Outgoing.Invoked started
          && batch.outcome().machine().activities().stream()
              .noneMatch(activity -> activity.id().equals(started.activityId()))) {
        invoked.add(started.activityId());
      }
    }
  }

  private boolean spend(String timerId) {
    return timers.values().removeIf(timer -> timer.id().equals(timerId));
  }

  /** The message of a pending timer. */
  Optional<Payload> message(String timerId) {
    return timers.values().stream()
        .filter(timer -> timer.id().equals(timerId))
        .map(Timer::payload)
        .findFirst();
  }

  boolean awaits(String activityId) {
    return invoked.contains(activityId);
  }

  /** Ids of pending timers by name; a copy. */
  Map<String, String> timerIds() {
    Map<String, String> ids = new HashMap<>();
    timers.forEach((name, timer) -> ids.put(name, timer.id()));
    return ids;
  }

  List<StoredState.Timer> storedTimers() {
    List<StoredState.Timer> stored = new ArrayList<>(timers.size());
    timers.values().forEach(t -> stored.add(new StoredState.Timer(t.name(), t.id(), t.payload())));
    return stored;
  }

  List<String> storedActivities() {
    return List.copyOf(invoked);
  }

  void restore(StoredState stored) {
    stored.timers().forEach(t -> timers.put(t.name(), new Timer(t.name(), t.id(), t.payload())));
    invoked.addAll(stored.invoked());
  }
}
