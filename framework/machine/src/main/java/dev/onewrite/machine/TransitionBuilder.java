package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One transition: where it leads, when it may be taken, what it does.
 *
 * <p><b>Internal by default.</b> If every target is the declaring state or inside it, that state is
 * not left: only what is inside it is. {@link #reenter()} makes it external. Without a target
 * nothing is left or entered at all.
 *
 * @param <X> what guards and actions are given: the event of the class asked for, a final state's
 *     output, an activity's result or {@link Failure}
 */
public final class TransitionBuilder<S, C, E, X extends @Nullable Object>
    extends ActionList<S, C, E, X, TransitionBuilder<S, C, E, X>> {

  final List<S> targets = new ArrayList<>();
  final List<Guard<S, C>> guards = new ArrayList<>();
  boolean reenter;
  @Nullable String description;

  TransitionBuilder() {}

  @Override
  TransitionBuilder<S, C, E, X> self() {
    return this;
  }

  /**
   * Leads to {@code states}; several are possible if they can be active together, that is, lie in
   * different regions. A history state is a target like any other.
   */
  @SafeVarargs
  public final TransitionBuilder<S, C, E, X> target(S... states) {
    for (S state : states) {
      targets.add(state);
    }
    return this;
  }

  /**
   * Taken only if {@code guard} passes. Several guards must all pass; they are asked in the order
   * written.
   */
  public TransitionBuilder<S, C, E, X> when(Predicate<? super C> guard) {
    return asks(null, (context, event, moment) -> guard.test(context));
  }

  /** Taken only if {@code guard} passes. */
  public TransitionBuilder<S, C, E, X> when(BiPredicate<? super C, ? super X> guard) {
    return asks(null, (context, event, moment) -> guard.test(context, ActionList.<X>cast(event)));
  }

  /** Taken only if {@code guard} passes, called {@code name} in pictures and reports. */
  public TransitionBuilder<S, C, E, X> when(String name, Predicate<? super C> guard) {
    return asks(name, (context, event, moment) -> guard.test(context));
  }

  /** Taken only if {@code guard} passes, called {@code name} in pictures and reports. */
  public TransitionBuilder<S, C, E, X> when(String name, BiPredicate<? super C, ? super X> guard) {
    return asks(name, (context, event, moment) -> guard.test(context, ActionList.<X>cast(event)));
  }

  /** Taken only if {@code guard}, which may ask for the time and the active states, passes. */
  public TransitionBuilder<S, C, E, X> when(
      String name, Rule<S, ? super C, ? super X, Boolean> guard) {
    return asks(
        name, (context, event, moment) -> guard.apply(context, ActionList.<X>cast(event), moment));
  }

  /** Taken only while {@code state}, usually of another region, is active. */
  public TransitionBuilder<S, C, E, X> whenIn(S state) {
    guards.add(new Guard<>("in " + state, state, (context, event, moment) -> moment.in(state)));
    return this;
  }

  /**
   * Leaves and enters the declaring state also if the targets lie inside it: its exit and entry
   * run, its timers restart.
   */
  public TransitionBuilder<S, C, E, X> reenter() {
    reenter = true;
    return this;
  }

  /** Says what the transition is for; shown in pictures and reports. */
  public TransitionBuilder<S, C, E, X> description(String text) {
    description = text;
    return this;
  }

  private TransitionBuilder<S, C, E, X> asks(@Nullable String name, Guard.Test<S, C> test) {
    guards.add(new Guard<>(name, null, test));
    return this;
  }
}
