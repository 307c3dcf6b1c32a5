package dev.onewrite.machine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What comes back to a machine from outside: timers that expire, activities that end. Each is taken
 * only if the snapshot still waits for it; that is what makes late ones void. All methods say
 * whether a transition took it.
 */
final class Arrivals<S, C> {
  private final Run<S, C> run;
  private final Snapshot<S, C> snapshot;
  private final Pending<S, C> pending;

  Arrivals(Run<S, C> run, Snapshot<S, C> snapshot) {
    this.run = run;
    this.snapshot = snapshot;
    this.pending = snapshot.pending;
  }

  boolean timer(String timerId) {
    snapshot.checkDefined(timerId);
    for (Pending.Timer<S, C> timer : pending.timers()) {
      if (timer.id().equals(timerId)) {
        run.ledger().fired(timer);
        return expired(timer);
      }
    }
    return false;
  }

  private boolean expired(Pending.Timer<S, C> timer) {
    if (timer.event() != null) {
      return run.take(Selection.EVENT, timer.event());
    }
    if (timer.key() instanceof ActivitySpec<?> spec) {
      for (Pending.Activity<S, C> activity : pending.activities()) {
        if (activity.spec() == spec) {
          run.ledger().timedOut(activity);
        }
      }
      String text = "activity " + spec.name + " did not end within " + spec.timeout;
      return run.take(spec.errorKey, new Failure(Failure.TIMEOUT, text));
    }
    // A timer without an event belongs to a state, and one without a key was refused.
    return run.take(Objects.requireNonNull(timer.key()), null);
  }

  boolean result(String activityId, @Nullable Object result) {
    Pending.Activity<S, C> activity = running(activityId);
    if (activity == null) {
      return false;
    }
    Object key = spec(activity).doneKey;
    List<Arrow<S, C>> declared =
        activity.owner().keyed.stream().filter(arrow -> arrow.key == key).toList();
    if (!declared.isEmpty() && declared.stream().noneMatch(arrow -> arrow.accepts(result))) {
      throw Errors.wrongResult(run.chart.id, activityId, result);
    }
    run.ledger().ended(activity);
    return run.take(key, result);
  }

  boolean failure(String activityId, Failure failure) {
    Pending.Activity<S, C> activity = running(activityId);
    if (activity == null) {
      return false;
    }
    Object key = spec(activity).errorKey;
    run.ledger().ended(activity);
    return run.take(key, failure);
  }

  private ActivitySpec<C> spec(Pending.Activity<S, C> activity) {
    return Objects.requireNonNull(activity.spec()); // one without was refused
  }

  private Pending.@Nullable Activity<S, C> running(String activityId) {
    snapshot.checkDefined(activityId);
    for (Pending.Activity<S, C> activity : pending.activities()) {
      if (activity.id().equals(activityId)) {
        return activity;
      }
    }
    return null;
  }
}
