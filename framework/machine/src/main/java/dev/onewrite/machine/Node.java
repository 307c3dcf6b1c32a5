package dev.onewrite.machine;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A state, compiled. Indexes are in document order, parents before children, so the states inside
 * this one are exactly {@code index + 1 .. last}: "is inside" is two comparisons, and a whole
 * subtree is a range of bits.
 *
 * <p>Written only by {@link Compiler}; from then on it never changes.
 */
final class Node<S, C> {
  final int index;
  final @Nullable S id;
  final String name;
  final Kind kind;
  final @Nullable Node<S, C> parent;
  int last;

  /** Children that can be active: all but the history states. */
  List<Node<S, C>> children = List.of();

  List<Node<S, C>> histories = List.of();

  /** What entering leads to: for a history state, its default. */
  List<Node<S, C>> initial = List.of();

  List<Arrow<S, C>> onEvent = List.of();
  List<Arrow<S, C>> always = List.of();
  List<Arrow<S, C>> keyed = List.of();
  List<Action<S, C>> entry = List.of();
  List<Action<S, C>> exit = List.of();
  List<Action<S, C>> onInitial = List.of();
  List<AfterSpec<C>> afters = List.of();
  List<ActivitySpec<C>> activities = List.of();
  List<String> tags = List.of();
  @Nullable String description;
  @Nullable Function<? super C, ? extends @Nullable Object> output;

  Node(int index, @Nullable S id, String name, Kind kind, @Nullable Node<S, C> parent) {
    this.index = index;
    this.id = id;
    this.name = name;
    this.kind = kind;
    this.parent = parent;
    this.last = index;
  }

  boolean isLeaf() {
    return kind == Kind.ATOMIC || kind == Kind.FINAL;
  }

  boolean startsSomething() {
    return !afters.isEmpty() || !activities.isEmpty();
  }

  /** Whether {@code this} lies inside {@code outer}; a state is not inside itself. */
  boolean isInside(Node<S, C> outer) {
    return index > outer.index && index <= outer.last;
  }

  @Override
  public String toString() {
    return name;
  }
}
