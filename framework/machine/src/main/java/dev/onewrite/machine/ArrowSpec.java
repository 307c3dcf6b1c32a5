package dev.onewrite.machine;

import org.jspecify.annotations.Nullable;

/**
 * A transition as declared, before its targets are looked up.
 *
 * @param type the class of the event or the result; null where anything will do
 * @param key what it listens to: an {@link AfterSpec}, a key of an {@link ActivitySpec}, or a
 *     {@link DoneOf}
 */
record ArrowSpec<S, C, E>(
    Transition.Trigger trigger,
    String label,
    @Nullable Class<?> type,
    @Nullable Object key,
    TransitionBuilder<S, C, E, ?> body) {

  /** Listens to the completion of a state; null means the declaring one. */
  record DoneOf<S>(@Nullable S state) {}
}
