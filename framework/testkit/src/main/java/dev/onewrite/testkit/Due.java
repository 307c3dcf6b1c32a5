package dev.onewrite.testkit;

import dev.onewrite.journal.TimerSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A timer that is due, and whose it is. */
record Due(TestEntity<?, ?, ?> entity, String timerId, Instant at) {

  /** The earliest of all entities that is due by {@code until}; of several the one set first. */
  static @Nullable Due next(Bench bench, Instant until) {
    Due next = null;
    for (TestEntity<?, ?, ?> entity : bench.entities()) {
      for (TimerSet timer : entity.timers()) {
        boolean earlier = next == null || timer.due().isBefore(next.at());
        if (earlier && !timer.due().isAfter(until)) {
          next = new Due(entity, timer.id(), timer.due());
        }
      }
    }
    return next;
  }
}
