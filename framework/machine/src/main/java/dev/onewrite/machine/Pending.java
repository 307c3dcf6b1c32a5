package dev.onewrite.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a snapshot waits for, and how many unique ids were given out for it so far. */
record Pending<S, C>(List<Timer<S, C>> timers, List<Activity<S, C>> activities, long entries) {

  /**
   * A timer.
   *
   * @param owner the state it ends with; null for a delayed raise
   * @param slot which of the owner's timers, or the raise's name
   * @param key what listens to it: an {@link AfterSpec}, or the {@link ActivitySpec} whose time it
   *     limits; null for a raise
   */
  record Timer<S, C>(
      String id,
      @Nullable Node<S, C> owner,
      String slot,
      @Nullable Object key,
      @Nullable Object event) {}

  record Activity<S, C>(String id, Node<S, C> owner, ActivitySpec<C> spec) {}

  static <S, C> Pending<S, C> none() {
    return new Pending<>(List.of(), List.of(), 0);
  }
}
