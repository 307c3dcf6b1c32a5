package dev.onewrite.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transition, compiled. */
final class Arrow<S, C> {
  final Transition<S, ?> shown;
  final Node<S, C> source;
  final @Nullable Class<?> type;
  final @Nullable Object key;
  final List<Guard<S, C>> guards;
  final List<Node<S, C>> targets;
  final boolean reenter;
  final boolean forbidden;
  final List<Action<S, C>> actions;

  /**
   * What is left and entered; null if nothing is. Where a history state is involved, {@link
   * #remembers}, it is only known when the transition is taken.
   */
  @Nullable Domain<S, C> domain;

  boolean remembers;

  /** The lists that a microstep of this transition alone needs, made once. */
  final List<Arrow<S, C>> alone;

  final List<Transition<S, ?>> shownAlone;

  Arrow(
      Transition<S, ?> shown,
      Node<S, C> source,
      ArrowSpec<S, C, ?> spec,
      List<Node<S, C>> targets,
      @Nullable Object key) {
    this.shown = shown;
    this.source = source;
    this.type = spec.type();
    this.key = key;
    this.guards = List.copyOf(spec.body().guards);
    this.targets = targets;
    this.reenter = spec.body().reenter;
    this.forbidden = spec.trigger() == Transition.Trigger.FORBIDDEN;
    this.actions = List.copyOf(spec.body().actions);
    this.alone = List.of(this);
    this.shownAlone = List.of(shown);
  }

  boolean accepts(@Nullable Object value) {
    return type == null || type.isInstance(value);
  }

  /** The least common ancestor of the source and {@code goals}, which may be a parallel state. */
  Node<S, C> root(List<Node<S, C>> goals) {
    if (!reenter && goals.stream().allMatch(this::staysInside)) {
      return source;
    }
    Node<S, C> root = source;
    boolean holds = false;
    while (!holds && root.parent != null) {
      root = root.parent;
      holds = holdsAll(root, goals);
    }
    return root;
  }

  private boolean staysInside(Node<S, C> goal) {
    return goal == source || goal.isInside(source);
  }

  private boolean holdsAll(Node<S, C> root, List<Node<S, C>> goals) {
    for (Node<S, C> goal : goals) {
      if (!goal.isInside(root)) {
        return false;
      }
    }
    return true;
  }
}
