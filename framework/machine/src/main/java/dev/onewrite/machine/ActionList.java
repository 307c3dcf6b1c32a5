package dev.onewrite.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of things to do, shared by transitions, entries, exits and branches. Actions run
 * in the order written; each sees the context that the one before left.
 *
 * <p>Everything given here must be pure: it may run twice for one event. Recovery runs none of it.
 *
 * @param <S> state ids
 * @param <C> the context
 * @param <E> the machine's events
 * @param <X> what these actions are given: the event, an output, a result
 * @param <B> the builder itself
 */
public abstract sealed class ActionList<
        S, C, E, X extends @Nullable Object, B extends ActionList<S, C, E, X, B>>
    permits Actions, TransitionBuilder {

  final List<Action<S, C>> actions = new ArrayList<>();

  /** The states that guards inside {@code choose} ask about, to be checked with the definition. */
  final List<S> asked = new ArrayList<>();

  ActionList() {}

  abstract B self();

  /** Replaces the context by {@code change} of it. Null is refused: OW009. */
  public final B assign(UnaryOperator<C> change) {
    return add((run, event) -> run.assign(change.apply(run.context())));
  }

  /** Replaces the context by {@code change} of it and of the event. Null is refused: OW009. */
  public final B assign(BiFunction<? super C, ? super X, ? extends C> change) {
    return add((run, event) -> run.assign(change.apply(run.context(), cast(event))));
  }

  /** Replaces the context by {@code change}, which may ask for the time and the active states. */
  public final B assign(Rule<S, ? super C, ? super X, ? extends C> change) {
    return add((run, event) -> run.assign(change.apply(run.context(), cast(event), run)));
  }

  /** Emits an event for whoever subscribes: {@link Effect.Emitted}. */
  public final B emit(Function<? super C, ?> event) {
    return add((run, given) -> run.effect(new Effect.Emitted(event.apply(run.context()))));
  }

  /** Emits an event for whoever subscribes: {@link Effect.Emitted}. */
  public final B emit(BiFunction<? super C, ? super X, ?> event) {
    return add(
        (run, given) -> run.effect(new Effect.Emitted(event.apply(run.context(), cast(given)))));
  }

  /** Sends {@code message} to {@code address}: {@link Effect.Sent}. */
  public final B send(Function<? super C, ?> address, Function<? super C, ?> message) {
    return add(
        (run, given) ->
            run.effect(
                new Effect.Sent(address.apply(run.context()), message.apply(run.context()))));
  }

  /** Sends {@code message} to {@code address}: {@link Effect.Sent}. */
  public final B send(
      BiFunction<? super C, ? super X, ?> address, BiFunction<? super C, ? super X, ?> message) {
    return add(
        (run, given) ->
            run.effect(
                new Effect.Sent(
                    address.apply(run.context(), cast(given)),
                    message.apply(run.context(), cast(given)))));
  }

  /**
   * Raises {@code event} inside the machine: it is handled in this same step, after the {@code
   * always} transitions, before the step ends. If nothing takes it, it is gone.
   */
  public final B raise(E event) {
    return add((run, given) -> run.raise(event));
  }

  /** Raises the event that {@code event} makes, inside the machine, in this same step. */
  public final B raise(BiFunction<? super C, ? super X, ? extends E> event) {
    return add((run, given) -> run.raise(event.apply(run.context(), cast(given))));
  }

  /**
   * Raises the event that {@code event} makes, which may ask for the time and the active states.
   */
  public final B raise(Rule<S, ? super C, ? super X, ? extends E> event) {
    return add((run, given) -> run.raise(event.apply(run.context(), cast(given), run)));
  }

  /**
   * Raises {@code event} after {@code delay}; it cannot be cancelled, except by the machine's end.
   */
  public final B raise(E event, Duration delay) {
    return add((run, given) -> run.raiseLater(event, delay, null));
  }

  /**
   * Raises {@code event} after {@code delay}, unless {@link #cancel cancelled} by {@code name}
   * first. A pending one of the same name is replaced. It outlives the state that started it; use
   * {@code after} for time bound to a state.
   */
  public final B raise(E event, Duration delay, String name) {
    return add((run, given) -> run.raiseLater(event, delay, name));
  }

  /**
   * Raises the event that {@code event} makes now, after the delay computed now, under {@code
   * name}.
   */
  public final B raise(
      BiFunction<? super C, ? super X, ? extends E> event,
      BiFunction<? super C, ? super X, Duration> delay,
      String name) {
    return add(
        (run, given) ->
            run.raiseLater(
                event.apply(run.context(), cast(given)),
                delay.apply(run.context(), cast(given)),
                name));
  }

  /**
   * Raises the event that {@code event} makes now, after the delay computed now; not cancellable.
   */
  public final B raise(
      BiFunction<? super C, ? super X, ? extends E> event,
      BiFunction<? super C, ? super X, Duration> delay) {
    return add(
        (run, given) ->
            run.raiseLater(
                event.apply(run.context(), cast(given)),
                delay.apply(run.context(), cast(given)),
                null));
  }

  /** As above, for an event and a delay that ask for the time or the active states. */
  public final B raise(
      Rule<S, ? super C, ? super X, ? extends E> event,
      Rule<S, ? super C, ? super X, Duration> delay,
      String name) {
    return add(
        (run, given) ->
            run.raiseLater(
                event.apply(run.context(), cast(given), run),
                delay.apply(run.context(), cast(given), run),
                name));
  }

  /** As above; not cancellable. */
  public final B raise(
      Rule<S, ? super C, ? super X, ? extends E> event,
      Rule<S, ? super C, ? super X, Duration> delay) {
    return add(
        (run, given) ->
            run.raiseLater(
                event.apply(run.context(), cast(given), run),
                delay.apply(run.context(), cast(given), run),
                null));
  }

  /** Cancels the pending delayed raise called {@code name}; nothing happens if none is pending. */
  public final B cancel(String name) {
    return add((run, given) -> run.cancelNamed(name));
  }

  /**
   * Does one of several things: the first branch whose guard passes, decided when its turn comes.
   */
  public final B choose(Consumer<Choice<S, C, E, X>> branches) {
    Choice<S, C, E, X> choice = new Choice<>();
    branches.accept(choice);
    asked.addAll(choice.asked);
    return add(choice.action());
  }

  final B add(Action<S, C> action) {
    actions.add(action);
    return self();
  }

  /**
   * The interpreter hands an action only what its transition matched: an {@code X}, which may be a
   * nullable type.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  static <X extends @Nullable Object> X cast(@Nullable Object event) {
    return (X) event;
  }
}
