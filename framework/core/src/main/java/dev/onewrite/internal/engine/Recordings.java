package dev.onewrite.internal.engine;

import dev.onewrite.component.Component;
import dev.onewrite.machine.Recorded;
import java.util.List;

/** Recorded machine states, with one thing changed. */
final class Recordings {

  private Recordings() {}

  /**
   * As if recorded by the machine of this release, unless a newer one did. For a batch that left
   * the context as it was: the context at hand was migrated when it was read, and must not be
   * migrated again.
   */
  static Recorded current(Recorded recorded, Component.Definition<?, ?, ?> definition) {
    int version = Math.max(recorded.version(), definition.machine().version());
    return with(recorded, version, recorded.timers());
  }

  /** Without one of its pending timers. */
  static Recorded without(Recorded recorded, String timerId) {
    List<Recorded.Timer> others =
        recorded.timers().stream().filter(timer -> !timer.id().equals(timerId)).toList();
    return with(recorded, recorded.version(), others);
  }

  private static Recorded with(Recorded recorded, int version, List<Recorded.Timer> timers) {
    return new Recorded(
        recorded.machine(),
        version,
        recorded.configuration(),
        recorded.history(),
        timers,
        recorded.activities(),
        recorded.entries(),
        recorded.done(),
        recorded.output());
  }
}
