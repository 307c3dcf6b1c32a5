package dev.onewrite.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a connected machine can never do: states never entered, transitions never taken, events
 * never handled, endless circles.
 */
final class Reach<S, C> {
  private final Chart<S, C> chart;
  private final List<Arrow<S, C>> arrows;
  private final Set<Mistake.Kind> allowed;
  private final List<Mistake> mistakes;

  Reach(
      Chart<S, C> chart,
      List<Arrow<S, C>> arrows,
      Set<Mistake.Kind> allowed,
      List<Mistake> mistakes) {
    this.chart = chart;
    this.arrows = arrows;
    this.allowed = allowed;
    this.mistakes = mistakes;
  }

  void check(Class<?> events) {
    states();
    for (Node<S, C> node : chart.nodes) {
      hidden(node.onEvent);
      hidden(node.always);
      hidden(node.keyed);
    }
    for (Arrow<S, C> arrow : arrows) {
      single(arrow);
    }
    if (events.isSealed()) {
      leaves(events).forEach(this::handled);
    }
  }

  private void add(Mistake.Kind kind, String place, String text) {
    if (!allowed.contains(kind)) {
      mistakes.add(new Mistake(kind, place, text));
    }
  }

  private static String place(Arrow<?, ?> arrow) {
    String source = arrow.source.parent == null ? "the machine" : Compiler.place(arrow.source);
    return source + " / " + arrow.shown.label();
  }

  private void states() {
    long[] reached = Bits.none(chart.nodes.size());
    ArrayDeque<Node<S, C>> open = new ArrayDeque<>();
    reach(chart.root(), reached, open);
    while (!open.isEmpty()) {
      Node<S, C> node = open.poll();
      node.initial.forEach(target -> reach(target, reached, open));
      if (node.kind == Kind.PARALLEL) {
        node.children.forEach(region -> reach(region, reached, open));
      }
      for (List<Arrow<S, C>> all : List.of(node.onEvent, node.always, node.keyed)) {
        for (Arrow<S, C> arrow : all) {
          arrow.targets.forEach(target -> reach(target, reached, open));
        }
      }
    }
    for (Node<S, C> node : chart.nodes) {
      if (!Bits.has(reached, node.index)) {
        add(
            Mistake.Kind.UNREACHABLE_STATE,
            Compiler.place(node),
            "no initial and no transition of a reachable state leads here; add one, or "
                + "remove the state.");
      }
    }
  }

  private void reach(Node<S, C> target, long[] reached, ArrayDeque<Node<S, C>> open) {
    for (Node<S, C> node = target; node != null; node = node.parent) {
      if (!Bits.has(reached, node.index)) {
        Bits.add(reached, node.index);
        open.add(node);
      }
    }
  }

  /**
   * Document order: what stands behind an unguarded transition that accepts all it accepts is never
   * asked.
   */
  private void hidden(List<Arrow<S, C>> list) {
    for (int i = 0; i < list.size(); i++) {
      for (int k = 0; k < i; k++) {
        if (hides(list.get(k), list.get(i))) {
          add(
              Mistake.Kind.UNREACHABLE_TRANSITION,
              place(list.get(i)),
              "transition '"
                  + list.get(k).shown
                  + "' stands before it, has no guard and accepts the same; put this one"
                  + " first, or give the other a guard.");
          break;
        }
      }
    }
  }

  private static boolean hides(Arrow<?, ?> first, Arrow<?, ?> second) {
    if (!first.guards.isEmpty() || first.key != second.key) {
      return false;
    }
    return first.type == null || (second.type != null && first.type.isAssignableFrom(second.type));
  }

  private void single(Arrow<S, C> arrow) {
    boolean idle = arrow.targets.isEmpty() && arrow.actions.isEmpty() && !arrow.forbidden;
    if (idle) {
      add(
          Mistake.Kind.USELESS_TRANSITION,
          place(arrow),
          "it has no target and does nothing; give it one, or use forbid(...) to keep outer "
              + "states from the event.");
    }
    boolean stays =
        arrow.targets.stream().allMatch(t -> t == arrow.source || t.isInside(arrow.source));
    if (arrow.shown.trigger() == Transition.Trigger.ALWAYS && arrow.guards.isEmpty() && stays) {
      mistakes.add(
          new Mistake(
              Mistake.Kind.ENDLESS_ALWAYS,
              place(arrow),
              "it has no guard and does not leave its state, so it would be taken for ever; "
                  + "add a guard or a target"
                  + " outside."));
    }
  }

  /** The concrete classes of a sealed hierarchy; an open class stands for itself. */
  static List<Class<?>> leaves(Class<?> type) {
    List<Class<?>> leaves = new ArrayList<>();
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted == null) {
      leaves.add(type);
      return leaves;
    }
    for (Class<?> sub : permitted) {
      leaves.addAll(leaves(sub));
    }
    return leaves;
  }

  private void handled(Class<?> event) {
    for (Arrow<S, C> arrow : arrows) {
      boolean any = arrow.shown.trigger() == Transition.Trigger.ANY;
      Class<?> type = arrow.key == null ? arrow.type : null;
      if (any || (type != null && (type.isAssignableFrom(event) || event.isAssignableFrom(type)))) {
        return;
      }
    }
    add(
        Mistake.Kind.UNHANDLED_EVENT,
        event.getSimpleName(),
        "no state takes or forbids this event; add a transition, or forbid it where it may come.");
  }
}
