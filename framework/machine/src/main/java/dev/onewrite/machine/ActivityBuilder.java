package dev.onewrite.machine;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An activity of a state: what to do with its result, its failure, its silence. */
public final class ActivityBuilder<S, C, E> {
  private final Scope<S, C, E, ?> scope;
  final ActivitySpec<C> spec;

  ActivityBuilder(Scope<S, C, E, ?> scope, String name, Function<? super C, ?> input) {
    this.scope = scope;
    this.spec = new ActivitySpec<>(name, input);
  }

  /** Taken when the activity returns an {@code R}. The state need not be left. */
  public <R> ActivityBuilder<S, C, E> onDone(
      Class<R> result, Consumer<TransitionBuilder<S, C, E, R>> transition) {
    scope.result(spec, result, transition);
    return this;
  }

  /** Taken when the activity returns, whatever it returns. */
  public ActivityBuilder<S, C, E> onDone(
      Consumer<TransitionBuilder<S, C, E, @Nullable Object>> transition) {
    scope.result(spec, null, transition);
    return this;
  }

  /** Taken when the activity fails for good or its time is up. */
  public ActivityBuilder<S, C, E> onError(
      Consumer<TransitionBuilder<S, C, E, Failure>> transition) {
    scope.failure(spec, transition);
    return this;
  }

  /**
   * Gives the activity {@code limit} from the entry of its state, retries included. When it has
   * passed, the activity is stopped and fails with a {@link Failure} of kind {@value
   * Failure#TIMEOUT}; a result that comes later is void. The machine keeps this time itself, with a
   * timer.
   */
  public ActivityBuilder<S, C, E> timeout(Duration limit) {
    spec.timeout = limit;
    return this;
  }
}
