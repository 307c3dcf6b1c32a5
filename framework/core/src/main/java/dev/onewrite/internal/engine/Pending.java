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

  private final Map<String, Timer> timers = new LinkedHashMap<>(); // by id
  private final Map<String, String> ids = new HashMap<>(); // by name
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
        put(new Timer(set.name(), set.id(), set.payload()));
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

  /** A name stands for its newest timer only. */
  private void put(Timer timer) {
    String former = ids.put(timer.name(), timer.id());
    if (former != null) {
      timers.remove(former);
    }
    timers.put(timer.id(), timer);
  }

  private boolean spend(String timerId) {
    Timer spent = timers.remove(timerId);
    return spent != null && ids.remove(spent.name(), timerId);
  }

  /** The message of a pending timer. */
  Optional<Payload> message(String timerId) {
    return Optional.ofNullable(timers.get(timerId)).map(Timer::payload);
  }

  boolean awaits(String activityId) {
    return invoked.contains(activityId);
  }

  /** Ids of pending timers by name; a copy. */
  Map<String, String> timerIds() {
    return new HashMap<>(ids);
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
    stored.timers().forEach(t -> put(new Timer(t.name(), t.id(), t.payload())));
    invoked.addAll(stored.invoked());
  }
}
