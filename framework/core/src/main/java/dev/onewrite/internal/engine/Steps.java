package dev.onewrite.internal.engine;

import dev.onewrite.machine.Step;

/** Told of each step that a machine makes in a turn; the turn may still fail afterwards. */
@FunctionalInterface
public interface Steps {

  Steps UNWATCHED = (trigger, step) -> {};

  /**
   * A step, taken or not.
   *
   * @param trigger an event, a timer's id, an activity's result; "start" for the first of all
   */
  void made(Object trigger, Step<?, ?, ?> step);
}
