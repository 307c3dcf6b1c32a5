package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine, compiled: its states as a table in document order, the machine itself at index 0.
 * Immutable.
 */
final class Chart<S, C> {
  final String id;
  final int version;
  final List<Node<S, C>> nodes;
  final List<Transition<S, ?>> transitions;

  /** The states with {@code always} transitions; if none is active, none needs to be asked. */
  final long[] withAlways;

  final boolean hasHistory;
  final Domain<S, C> start;
  private final Map<S, Node<S, C>> byId;
  private final Map<String, Node<S, C>> byName;

  Chart(
      String id,
      int version,
      List<Node<S, C>> nodes,
      Map<S, Node<S, C>> byId,
      Map<String, Node<S, C>> byName,
      List<Transition<S, ?>> transitions) {
    this.id = id;
    this.version = version;
    this.nodes = List.copyOf(nodes);
    this.byId = byId;
    this.byName = byName;
    this.transitions = List.copyOf(transitions);
    this.withAlways = Bits.none(nodes.size());
    boolean history = false;
    for (Node<S, C> node : nodes) {
      history |= node.kind.isHistory();
      if (!node.always.isEmpty()) {
        Bits.add(withAlways, node.index);
      }
    }
    this.hasHistory = history;
    this.start = Domain.ofStart(root(), nodes.size(), state -> null);
  }

  Node<S, C> root() {
    return nodes.get(0);
  }

  Node<S, C> node(S state) {
    Node<S, C> node = byId.get(state);
    if (node == null) {
      throw Errors.unknownState(id, state);
    }
    return node;
  }

  @Nullable Node<S, C> named(String name) {
    return byName.get(name);
  }

  /**
   * Whether a state that was not left has nothing more to do: by its final child, or by all its
   * regions.
   */
  boolean isComplete(Node<S, C> node, long[] active) {
    if (!Bits.has(active, node.index)) {
      return false;
    }
    if (node.kind == Kind.FINAL) {
      return true;
    }
    if (node.kind == Kind.PARALLEL) {
      return node.children.stream().allMatch(region -> isComplete(region, active));
    }
    return node.kind == Kind.COMPOUND
        && node.children.stream()
            .anyMatch(child -> child.kind == Kind.FINAL && Bits.has(active, child.index));
  }

  /**
   * What a history state remembers of {@code active}: the leaves below its parent, or the parent's
   * children.
   */
  List<Node<S, C>> rememberedBy(Node<S, C> history, long[] active) {
    List<Node<S, C>> remembered = new ArrayList<>();
    Node<S, C> parent = nodes.get(history.index).parent;
    if (parent == null) {
      return remembered;
    }
    for (int i = Bits.next(active, parent.index + 1);
        i >= 0 && i <= parent.last;
        i = Bits.next(active, i + 1)) {
      Node<S, C> node = nodes.get(i);
      if (history.kind == Kind.DEEP_HISTORY ? node.isLeaf() : node.parent == parent) {
        remembered.add(node);
      }
    }
    return List.copyOf(remembered);
  }

  /** The ids of the active leaves, in document order. */
  List<S> leaves(long[] active) {
    List<S> leaves = new ArrayList<>();
    for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
      Node<S, C> node = nodes.get(i);
      if (node.isLeaf() && node.id != null) {
        leaves.add(node.id);
      }
    }
    return List.copyOf(leaves);
  }
}
