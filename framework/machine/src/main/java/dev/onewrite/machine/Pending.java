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
   *     limits; null for a raise, and where this definition does not have it
   */
  record Timer<S, C>(
      String id,
      @Nullable Node<S, C> owner,
      String slot,
      @Nullable Object key,
      @Nullable Object event) {}

  /**
   * An activity.
   *
   * @param spec null where this definition does not have it
   */
  record Activity<S, C>(String id, Node<S, C> owner, String name, @Nullable ActivitySpec<C> spec) {}

  /** Whether anything is waited for in {@code state}: also what this definition does not have. */
  boolean waitsIn(Node<S, C> state) {
    for (int i = 0; i < timers.size(); i++) {
      if (timers.get(i).owner() == state) {
        return true;
      }
    }
    for (int i = 0; i < activities.size(); i++) {
      if (activities.get(i).owner() == state) {
        return true;
      }
    }
    return false;
  }

  static <S, C> Pending<S, C> none() {
    return new Pending<>(List.of(), List.of(), 0);
  }
}
