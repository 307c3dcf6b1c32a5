package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transition leaves and enters: everything active inside {@code root} is left, then {@code
 * entered} is entered, in document order. Computed once, at definition, unless history takes part.
 */
final class Domain<S, C> {
  private final Node<S, C> root;
  private final long[] entered;

  /**
   * The entered states whose initial actions run, and the history states whose defaults do: they
   * were not told where to go.
   */
  private final long[] defaulted;

  private Domain(Node<S, C> root, int size) {
    this.root = root;
    this.entered = Bits.none(size);
    this.defaulted = Bits.none(size);
  }

  Node<S, C> root() {
    return root;
  }

  long[] entered() {
    return entered;
  }

  long[] defaulted() {
    return defaulted;
  }

  /** Reads what a history state remembers; null if it remembers nothing yet. */
  interface Memory<S, C> {
    @Nullable List<Node<S, C>> recall(Node<S, C> history);
  }

  static <S, C> Domain<S, C> of(
      Node<S, C> root, List<Node<S, C>> targets, int size, Memory<S, C> memory) {
    Domain<S, C> domain = new Domain<>(root, size);
    if (targets.contains(root)) {
      domain.down(root, memory);
      Bits.remove(domain.entered, root.index);
      return domain;
    }
    domain.down(targets, root, memory);
    if (root.kind == Kind.PARALLEL) {
      domain.fillRegions(root, memory);
    }
    return domain;
  }

  /** Everything a start enters, the machine itself included. */
  static <S, C> Domain<S, C> ofStart(Node<S, C> machine, int size, Memory<S, C> memory) {
    Domain<S, C> domain = new Domain<>(machine, size);
    domain.down(machine, memory);
    return domain;
  }

  private void down(List<Node<S, C>> states, @Nullable Node<S, C> from, Memory<S, C> memory) {
    for (Node<S, C> state : states) {
      down(state, memory);
    }
    for (Node<S, C> state : states) {
      up(state, from, memory);
    }
  }

  /** Enters {@code state} and whatever follows inside it. */
  private void down(Node<S, C> state, Memory<S, C> memory) {
    if (state.kind.isHistory()) {
      downHistory(state, memory);
      return;
    }
    Bits.add(entered, state.index);
    if (state.kind == Kind.COMPOUND) {
      Bits.add(defaulted, state.index);
      down(state.initial, state, memory);
    } else if (state.kind == Kind.PARALLEL) {
      fillRegions(state, memory);
    }
  }

  private void downHistory(Node<S, C> history, Memory<S, C> memory) {
    List<Node<S, C>> remembered = memory.recall(history);
    if (remembered == null) {
      Bits.add(defaulted, history.index);
      remembered = history.initial;
    }
    down(remembered, history.parent, memory);
  }

  /**
   * Enters the states between {@code state} and {@code from}, and the other regions of parallel
   * ones among them.
   */
  private void up(Node<S, C> state, @Nullable Node<S, C> from, Memory<S, C> memory) {
    for (Node<S, C> outer = state.parent; outer != null && outer != from; outer = outer.parent) {
      Bits.add(entered, outer.index);
      if (outer.kind == Kind.PARALLEL) {
        fillRegions(outer, memory);
      }
    }
  }

  private void fillRegions(Node<S, C> parallel, Memory<S, C> memory) {
    for (Node<S, C> region : parallel.children) {
      if (!Bits.anyIn(entered, region.index, region.last)) {
        down(region, memory);
      }
    }
  }

  /**
   * The states that {@code targets} stand for now: history states replaced by what they remember.
   */
  static <S, C> List<Node<S, C>> resolve(List<Node<S, C>> targets, Memory<S, C> memory) {
    List<Node<S, C>> resolved = new ArrayList<>();
    for (Node<S, C> target : targets) {
      if (!target.kind.isHistory()) {
        resolved.add(target);
        continue;
      }
      List<Node<S, C>> remembered = memory.recall(target);
      resolved.addAll(resolve(remembered == null ? target.initial : remembered, memory));
    }
    return resolved;
  }
}
