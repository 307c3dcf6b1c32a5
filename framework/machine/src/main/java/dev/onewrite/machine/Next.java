package dev.onewrite.machine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which event types the active states take, as far as can be said without an event. */
final class Next<S, C, E> {
  private final Chart<S, C> chart;
  private final Class<E> events;

  Next(Chart<S, C> chart, Class<E> events) {
    this.chart = chart;
    this.events = events;
  }

  Set<Class<? extends E>> of(long[] active) {
    Set<Class<? extends E>> next = new LinkedHashSet<>();
    for (Class<? extends E> type : types()) {
      for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
        if (chart.nodes.get(i).isLeaf() && takes(chart.nodes.get(i), type)) {
          next.add(type);
        }
      }
    }
    return Collections.unmodifiableSet(next);
  }

  private static <S, C> boolean takes(Node<S, C> leaf, Class<?> type) {
    for (Node<S, C> node = leaf; node != null; node = node.parent) {
      for (Arrow<S, C> arrow : node.onEvent) {
        if (arrow.type == null || arrow.type.isAssignableFrom(type)) {
          return !arrow.forbidden;
        }
      }
    }
    return false;
  }

  private Set<Class<? extends E>> types() {
    Set<Class<? extends E>> types = new LinkedHashSet<>();
    for (Class<?> leaf : Reach.leaves(events)) {
      types.add(leaf.asSubclass(events));
    }
    for (Node<S, C> node : chart.nodes) {
      for (Arrow<S, C> arrow : node.onEvent) {
        Class<?> named = arrow.type;
        List<Class<?>> leaves = named == null ? List.of() : Reach.leaves(named);
        leaves.forEach(leaf -> types.add(leaf.asSubclass(events)));
      }
    }
    return types;
  }
}
