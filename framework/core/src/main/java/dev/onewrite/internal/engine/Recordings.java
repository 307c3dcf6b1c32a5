package dev.onewrite.internal.engine;

import dev.onewrite.machine.Recorded;
import java.util.List;

/** Recorded machine states, with one thing changed. */
final class Recordings {

  private Recordings() {}

  /** Without one of its pending timers. */
  static Recorded without(Recorded recorded, String timerId) {
    List<Recorded.Timer> others =
        recorded.timers().stream().filter(timer -> !timer.id().equals(timerId)).toList();
    return new Recorded(
        recorded.machine(),
        recorded.version(),
        recorded.configuration(),
        recorded.history(),
        others,
        recorded.activities(),
        recorded.entries(),
        recorded.done(),
        recorded.output());
  }
}
