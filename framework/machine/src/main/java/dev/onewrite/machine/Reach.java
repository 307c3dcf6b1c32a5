package dev.onewrite.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a connected machine can never do: states never entered, transitions never taken, events
 * never handled, endless circles.
 */
final class Reach<S, C> {
  private final List<Node<S, C>> nodes;
  private final Map<S, Node<S, C>> byId;
  private final List<Arrow<S, C>> arrows;
  private final Set<Mistake.Kind> allowed;
  private final List<Mistake> mistakes;

  Reach(
      List<Node<S, C>> nodes,
      Map<S, Node<S, C>> byId,
      List<Arrow<S, C>> arrows,
      Set<Mistake.Kind> allowed,
      List<Mistake> mistakes) {
    this.nodes = nodes;
    this.byId = byId;
    this.arrows = arrows;
    this.allowed = allowed;
    this.mistakes = mistakes;
  }

  void check(Class<?> events) {
    states();
    for (Node<S, C> node : nodes) {
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
    long[] reached = Bits.none(nodes.size());
    ArrayDeque<Node<S, C>> open = new ArrayDeque<>();
    reach(nodes.get(0), reached, open);
    while (!open.isEmpty()) {
      Node<S, C> node = open.poll();
      begins(node).forEach(target -> reach(target, reached, open));
      if (node.kind == Kind.PARALLEL) {
        node.children.forEach(region -> reach(region, reached, open));
      }
      for (List<Arrow<S, C>> all : List.of(node.onEvent, node.always, node.keyed)) {
        for (Arrow<S, C> arrow : all) {
          arrow.targets.forEach(target -> reach(target, reached, open));
        }
      }
    }
    for (Node<S, C> node : nodes) {
      boolean twin = node.id != null && byId.get(node.id) != node;
      if (!Bits.has(reached, node.index) && !twin) {
        add(
            Mistake.Kind.UNREACHABLE_STATE,
            Compiler.place(node),
            "no initial and no transition of a reachable state leads here; add one, or "
                + "remove the state.");
      }
    }
  }

  /** One that does not say where to start is missing its initial; its children are not to blame. */
  private List<Node<S, C>> begins(Node<S, C> node) {
    boolean silent = node.kind == Kind.COMPOUND && node.initial.isEmpty();
    return silent && !node.children.isEmpty() ? node.children.subList(0, 1) : node.initial;
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
    boolean aimless = arrow.shown.targets().isEmpty(); // one it names may be unknown
    boolean idle = aimless && arrow.actions.isEmpty() && !arrow.forbidden;
    if (idle) {
      add(
          Mistake.Kind.USELESS_TRANSITION,
          place(arrow),
          "it has no target and does nothing; give it one, or use forbid(...) to keep outer "
              + "states from the event.");
    }
    if (arrow.shown.trigger() == Transition.Trigger.DONE
        && arrow.key instanceof Node<?, ?> awaited
        && !canBeDone(awaited)) {
      add(
          Mistake.Kind.UNREACHABLE_TRANSITION,
          place(arrow),
          "'"
              + awaited
              + "' is never done: it has no final state that says so; declare one with"
              + " finalState(...).");
    }
    boolean stays =
        arrow.targets.size() == arrow.shown.targets().size()
            && arrow.targets.stream().allMatch(t -> staysIn(arrow.source, t));
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

  /** Whether {@code source} is still active there; a top-level final state ends the machine. */
  private static <S, C> boolean staysIn(Node<S, C> source, Node<S, C> target) {
    boolean ends =
        target.kind == Kind.FINAL && target.parent != null && target.parent.parent == null;
    return !ends && (target == source || target.isInside(source));
  }

  /** Whether the state can ever be done: by a final child, or by all its regions. */
  private static boolean canBeDone(Node<?, ?> node) {
    return node.kind == Kind.PARALLEL
        ? node.children.stream().allMatch(Reach::canBeDone)
        : node.kind == Kind.FINAL || node.children.stream().anyMatch(c -> c.kind == Kind.FINAL);
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
