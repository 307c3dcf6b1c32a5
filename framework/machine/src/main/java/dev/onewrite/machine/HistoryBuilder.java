package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A history state: a transition to it enters what was active in its parent when that was last left.
 * Shallow unless {@link #deep()}: a shallow one remembers the parent's child, which then enters its
 * initial states.
 */
public final class HistoryBuilder<S, C, E> {
  final List<S> initial = new ArrayList<>();
  final Actions<S, C, E, @Nullable E> onInitial = new Actions<>();
  boolean deep;

  HistoryBuilder() {}

  /** Remembers the whole configuration below the parent, down to the leaves. */
  public HistoryBuilder<S, C, E> deep() {
    deep = true;
    return this;
  }

  /** Where to go if the parent was never left yet. Default: the parent's own initial states. */
  @SafeVarargs
  public final HistoryBuilder<S, C, E> initial(S... states) {
    for (S state : states) {
      initial.add(state);
    }
    return this;
  }

  /** What to do when the default is entered, after the parent's entry. */
  public HistoryBuilder<S, C, E> onInitial(Consumer<Actions<S, C, E, @Nullable E>> actions) {
    actions.accept(onInitial);
    return this;
  }
}
