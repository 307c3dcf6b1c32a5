package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The branches of a {@code choose}, tried in the order written; at most one is done. */
public final class Choice<S, C, E, X extends @Nullable Object> {
  private final List<Branch<S, C>> branches = new ArrayList<>();
  final List<S> asked = new ArrayList<>();

  private record Branch<S, C>(Guard.Test<S, C> test, List<Action<S, C>> actions) {}

  Choice() {}

  /** Does {@code then} if {@code guard} passes and no branch before it did. */
  public Choice<S, C, E, X> when(Predicate<? super C> guard, Consumer<Actions<S, C, E, X>> then) {
    return branch((context, event, moment) -> guard.test(context), then);
  }

  /** Does {@code then} if {@code guard} passes and no branch before it did. */
  public Choice<S, C, E, X> when(
      BiPredicate<? super C, ? super X> guard, Consumer<Actions<S, C, E, X>> then) {
    return branch((context, event, moment) -> guard.test(context, ActionList.<X>cast(event)), then);
  }

  /** Does {@code then} if {@code guard} passes and no branch before it did. */
  public Choice<S, C, E, X> when(
      Rule<S, ? super C, ? super X, Boolean> guard, Consumer<Actions<S, C, E, X>> then) {
    return branch(
        (context, event, moment) -> guard.apply(context, ActionList.<X>cast(event), moment), then);
  }

  /** Does {@code then} if {@code state} is active and no branch before it was done. */
  public Choice<S, C, E, X> whenIn(S state, Consumer<Actions<S, C, E, X>> then) {
    asked.add(state);
    return branch((context, event, moment) -> moment.in(state), then);
  }

  /** Does {@code then} if no branch before it was done. Branches after it are never done. */
  public Choice<S, C, E, X> otherwise(Consumer<Actions<S, C, E, X>> then) {
    return branch((context, event, moment) -> true, then);
  }

  private Choice<S, C, E, X> branch(Guard.Test<S, C> test, Consumer<Actions<S, C, E, X>> then) {
    Actions<S, C, E, X> actions = new Actions<>();
    then.accept(actions);
    asked.addAll(actions.asked);
    branches.add(new Branch<>(test, List.copyOf(actions.actions)));
    return this;
  }

  Action<S, C> action() {
    List<Branch<S, C>> all = List.copyOf(branches);
    return (run, event) -> {
      for (Branch<S, C> branch : all) {
        if (branch.test().passes(run.context(), event, run)) {
          run.perform(branch.actions(), event);
          return;
        }
      }
    };
  }
}
