package dev.onewrite.machine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something a step asks of whoever runs the machine. The machine itself does nothing: no thread, no
 * timer, no call.
 *
 * <p><b>Order.</b> As the actions ran: exits, then the transition, then entries; microstep after
 * microstep.
 *
 * <p><b>Guarantee.</b> A step never starts a timer or an activity only to stop it again: what a
 * step both starts and stops appears in neither form.
 */
public sealed interface Effect {
  /**
   * Calls the function for this case. All cases must be given, so that a new one cannot be missed.
   */
  <R> R match(
      Function<? super Emitted, ? extends R> emitted,
      Function<? super Sent, ? extends R> sent,
      Function<? super TimerStarted, ? extends R> timerStarted,
      Function<? super TimerCancelled, ? extends R> timerCancelled,
      Function<? super ActivityStarted, ? extends R> activityStarted,
      Function<? super ActivityStopped, ? extends R> activityStopped);

  /** An event for whoever subscribes. */
  record Emitted(Object event) implements Effect {
    @Override
    public <R> R match(
        Function<? super Emitted, ? extends R> emitted,
        Function<? super Sent, ? extends R> sent,
        Function<? super TimerStarted, ? extends R> timerStarted,
        Function<? super TimerCancelled, ? extends R> timerCancelled,
        Function<? super ActivityStarted, ? extends R> activityStarted,
        Function<? super ActivityStopped, ? extends R> activityStopped) {
      return emitted.apply(this);
    }
  }

  /** A message to one address. What an address is, the runner says. */
  record Sent(Object address, Object message) implements Effect {
    @Override
    public <R> R match(
        Function<? super Emitted, ? extends R> emitted,
        Function<? super Sent, ? extends R> sent,
        Function<? super TimerStarted, ? extends R> timerStarted,
        Function<? super TimerCancelled, ? extends R> timerCancelled,
        Function<? super ActivityStarted, ? extends R> activityStarted,
        Function<? super ActivityStopped, ? extends R> activityStopped) {
      return sent.apply(this);
    }
  }

  /**
   * A timer to be started now: when {@code delay} has passed, call {@link Machine#fire} with {@code
   * id}.
   *
   * @param id unique among all timers this snapshot's line ever starts, so that a late one can be
   *     told from its successor
   * @param event the event a delayed {@code raise} will raise; absent for {@code after} and
   *     time-outs. The snapshot holds it too: {@code fire} needs only the id
   */
  record TimerStarted(String id, Duration delay, @Nullable Object event) implements Effect {
    /** The event this timer raises, if it is a delayed {@code raise}. */
    public Optional<Object> raised() {
      return Optional.ofNullable(event);
    }

    @Override
    public <R> R match(
        Function<? super Emitted, ? extends R> emitted,
        Function<? super Sent, ? extends R> sent,
        Function<? super TimerStarted, ? extends R> timerStarted,
        Function<? super TimerCancelled, ? extends R> timerCancelled,
        Function<? super ActivityStarted, ? extends R> activityStarted,
        Function<? super ActivityStopped, ? extends R> activityStopped) {
      return timerStarted.apply(this);
    }
  }

  /**
   * A timer nobody waits for any more. Cancelling may come too late: {@link Machine#fire} ignores
   * an id not pending.
   */
  record TimerCancelled(String id) implements Effect {
    @Override
    public <R> R match(
        Function<? super Emitted, ? extends R> emitted,
        Function<? super Sent, ? extends R> sent,
        Function<? super TimerStarted, ? extends R> timerStarted,
        Function<? super TimerCancelled, ? extends R> timerCancelled,
        Function<? super ActivityStarted, ? extends R> activityStarted,
        Function<? super ActivityStopped, ? extends R> activityStopped) {
      return timerCancelled.apply(this);
    }
  }

  /**
   * An activity to be started: call what {@code name} stands for with {@code input}, and bring the
   * result back through {@link Machine#done} or {@link Machine#failed}.
   *
   * @param id unique per stay in the state; a stable idempotency key for the call
   */
  record ActivityStarted(String id, String name, Object input) implements Effect {
    @Override
    public <R> R match(
        Function<? super Emitted, ? extends R> emitted,
        Function<? super Sent, ? extends R> sent,
        Function<? super TimerStarted, ? extends R> timerStarted,
        Function<? super TimerCancelled, ? extends R> timerCancelled,
        Function<? super ActivityStarted, ? extends R> activityStarted,
        Function<? super ActivityStopped, ? extends R> activityStopped) {
      return activityStarted.apply(this);
    }
  }

  /**
   * An activity whose result is void from now on. Stopping the call is a courtesy; a late result is
   * not taken.
   */
  record ActivityStopped(String id) implements Effect {
    @Override
    public <R> R match(
        Function<? super Emitted, ? extends R> emitted,
        Function<? super Sent, ? extends R> sent,
        Function<? super TimerStarted, ? extends R> timerStarted,
        Function<? super TimerCancelled, ? extends R> timerCancelled,
        Function<? super ActivityStarted, ? extends R> activityStarted,
        Function<? super ActivityStopped, ? extends R> activityStopped) {
      return activityStopped.apply(this);
    }
  }
}
