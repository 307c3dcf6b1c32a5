package dev.onewrite.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timers, activities and effects of one step, while it runs.
 *
 * <p>What is started and stopped within the step cancels out: the start is taken back and no stop
 * is added. So a state that was only passed through costs the runner nothing, and no activity is
 * called that nobody waits for.
 */
final class Ledger<S, C> {
  private final String machine;
  private final List<Pending.Timer<S, C>> timers;
  private final List<Pending.Activity<S, C>> activities;
  private final List<Effect> effects = new ArrayList<>();
  private long entries;

  Ledger(String machine, Pending<S, C> before) {
    this.machine = machine;
    this.timers = new ArrayList<>(before.timers());
    this.activities = new ArrayList<>(before.activities());
    this.entries = before.entries();
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  void start(Node<S, C> owner, C context, Moment<S> moment) {
    String stay = owner.name + "#" + ++entries + "/";
    for (AfterSpec<C> after : owner.afters) {
      Duration delay = after.delay().apply(context, moment.now());
      String slot = after.slot();
      start(new Pending.Timer<>(stay + slot, owner, slot, after, null), delay);
    }
    for (ActivitySpec<C> spec : owner.activities) {
      String id = stay + spec.name;
      activities.add(new Pending.Activity<>(id, owner, spec.name, spec));
      effects.add(new Effect.ActivityStarted(id, spec.name, spec.input.apply(context)));
      Duration timeout = spec.timeout;
      if (timeout != null) {
        String slot = spec.timeoutSlot();
        start(new Pending.Timer<>(stay + slot, owner, slot, spec, null), timeout);
      }
    }
  }

  void startRaise(Object event, Duration delay, @Nullable String name) {
    if (name != null) {
      cancelRaise(name);
    }
    String id = (name == null ? "raise" : name) + "#" + ++entries;
    start(new Pending.Timer<>(id, null, name == null ? id : name, null, event), delay);
  }

  private void start(Pending.Timer<S, C> timer, Duration delay) {
    if (delay.isNegative()) {
      throw Errors.negativeDelay(machine, timer.id(), delay);
    }
    timers.add(timer);
    effects.add(new Effect.TimerStarted(timer.id(), delay, timer.event()));
  }

  void cancelRaise(String name) {
    for (Iterator<Pending.Timer<S, C>> all = timers.iterator(); all.hasNext(); ) {
      Pending.Timer<S, C> timer = all.next();
      if (timer.owner() == null && timer.slot().equals(name)) {
        all.remove();
        cancelled(timer.id());
      }
    }
  }

  /** Stops what belongs to {@code owner}, timers first; everything if {@code owner} is null. */
  void stop(@Nullable Node<S, C> owner) {
    for (Iterator<Pending.Timer<S, C>> all = timers.iterator(); all.hasNext(); ) {
      Pending.Timer<S, C> timer = all.next();
      if (owner == null || timer.owner() == owner) {
        all.remove();
        cancelled(timer.id());
      }
    }
    for (Iterator<Pending.Activity<S, C>> all = activities.iterator(); all.hasNext(); ) {
      Pending.Activity<S, C> activity = all.next();
      if (owner == null || activity.owner() == owner) {
        all.remove();
        stopped(activity.id());
      }
    }
  }

  /** Forgets a timer that has fired. */
  void fired(Pending.Timer<S, C> timer) {
    timers.remove(timer);
  }

  /** Forgets an activity that has ended by itself, and the timer that limited it. */
  void ended(Pending.Activity<S, C> activity) {
    activities.remove(activity);
    for (Iterator<Pending.Timer<S, C>> all = timers.iterator(); all.hasNext(); ) {
      Pending.Timer<S, C> timer = all.next();
      if (timer.owner() == activity.owner()
          && timer.slot().equals(ActivitySpec.timeoutSlot(activity.name()))) {
        all.remove();
        cancelled(timer.id());
      }
    }
  }

  /** Ends an activity whose time is up; the call may still be running. */
  void timedOut(Pending.Activity<S, C> activity) {
    activities.remove(activity);
    stopped(activity.id());
  }

  private void cancelled(String id) {
    if (!effects.removeIf(e -> e instanceof Effect.TimerStarted t && t.id().equals(id))) {
      effects.add(new Effect.TimerCancelled(id));
    }
  }

  private void stopped(String id) {
    if (!effects.removeIf(e -> e instanceof Effect.ActivityStarted a && a.id().equals(id))) {
      effects.add(new Effect.ActivityStopped(id));
    }
  }

  Pending<S, C> pending() {
    return new Pending<>(List.copyOf(timers), List.copyOf(activities), entries);
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }
}
