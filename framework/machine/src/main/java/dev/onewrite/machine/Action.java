package dev.onewrite.machine;

import org.jspecify.annotations.Nullable;

/**
 * One thing to do during a microstep: changes the run's context, or adds to its effects, its queue
 * or its timers.
 */
@FunctionalInterface
interface Action<S, C> {
  void run(Run<S, C> run, @Nullable Object event);
}
