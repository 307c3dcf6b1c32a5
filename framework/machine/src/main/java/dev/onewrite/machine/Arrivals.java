package dev.onewrite.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes back to a machine from outside: timers that expire, activities that end. Each is taken
 * only if the snapshot still waits for it; that is what makes late ones void. All methods say
 * whether a transition took it.
 */
final class Arrivals<S, C> {
  private final Run<S, C> run;
  private final Pending<S, C> pending;

  Arrivals(Run<S, C> run, Pending<S, C> pending) {
    this.run = run;
    this.pending = pending;
  }

  boolean timer(String timerId) {
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
    if (timer.key() == null) {
      throw Errors.notDefined(run.chart, "timer", timer.id(), timer.slot());
    }
    return run.take(timer.key(), null);
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
    ActivitySpec<C> spec = activity.spec();
    if (spec == null) {
      throw Errors.notDefined(run.chart, "activity", activity.id(), activity.name());
    }
    return spec;
  }

  private Pending.@Nullable Activity<S, C> running(String activityId) {
    for (Pending.Activity<S, C> activity : pending.activities()) {
      if (activity.id().equals(activityId)) {
        return activity;
      }
    }
    return null;
  }
}
