package dev.onewrite.machine;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One state. */
public final class StateBuilder<S, C, E> extends Scope<S, C, E, StateBuilder<S, C, E>> {
  StateBuilder(S id, Kind kind) {
    super(Objects.requireNonNull(id, "state id"), kind);
  }

  /**
   * What a final state returns: to its parent's {@code onDone}, or, at the top level, as {@link
   * Snapshot#output()}. Computed after its entry actions.
   */
  public StateBuilder<S, C, E> output(Function<? super C, ? extends @Nullable Object> output) {
    this.output = output;
    return this;
  }

  @Override
  StateBuilder<S, C, E> self() {
    return this;
  }
}
