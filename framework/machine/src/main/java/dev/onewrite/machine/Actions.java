package dev.onewrite.machine;

import org.jspecify.annotations.Nullable;

/**
 * What to do on entry, on exit, at an initial transition or in a branch.
 *
 * <p>On entry and exit the event given is the last one of this step; it is null if there is none,
 * as at the start and when a timer or an activity's result moved the machine.
 */
public final class Actions<S, C, E, X extends @Nullable Object>
    extends ActionList<S, C, E, X, Actions<S, C, E, X>> {

  Actions() {}

  @Override
  Actions<S, C, E, X> self() {
    return this;
  }
}
