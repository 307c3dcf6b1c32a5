package dev.onewrite.machine;

import org.jspecify.annotations.Nullable;

/**
 * A function of the context, the event and the {@link Moment}: the long form of every guard and
 * action, for those that ask where the machine is or what time it is.
 *
 * <p>It must be pure: same arguments, same result, nothing else touched. It may run more than once
 * for one event, and it never runs during recovery.
 *
 * @param <S> state ids
 * @param <C> the context
 * @param <X> the event, the output or the result that the guard or action is given
 * @param <R> the result
 */
@FunctionalInterface
public interface Rule<S, C, X extends @Nullable Object, R> {
  R apply(C context, X event, Moment<S> moment);
}
