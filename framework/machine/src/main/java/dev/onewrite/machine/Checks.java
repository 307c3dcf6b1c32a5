package dev.onewrite.machine;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What can be wrong with a definition before its states are connected, and with the way they are
 * connected.
 */
final class Checks<S, C, E> {
  private final MachineBuilder<S, C, E> builder;
  private final List<Node<S, C>> nodes;
  private final List<Scope<S, C, E, ?>> scopes;
  private final Map<S, Node<S, C>> byId;
  private final List<Mistake> mistakes;

  Checks(
      MachineBuilder<S, C, E> builder,
      List<Node<S, C>> nodes,
      List<Scope<S, C, E, ?>> scopes,
      Map<S, Node<S, C>> byId,
      List<Mistake> mistakes) {
    this.builder = builder;
    this.nodes = nodes;
    this.scopes = scopes;
    this.byId = byId;
    this.mistakes = mistakes;
  }

  private void add(Mistake.Kind kind, String place, String text) {
    mistakes.add(new Mistake(kind, place, text));
  }

  private String place(int index) {
    return index == 0 ? "the machine" : Compiler.place(nodes.get(index));
  }

  // --- before connecting -----------------------------------------------------------------------

  void declarations(Class<S> states) {
    if (builder.children.isEmpty()) {
      add(
          Mistake.Kind.NO_STATES,
          "the machine",
          "it declares no state; declare one with state(...).");
    }
    S[] constants = states.getEnumConstants();
    if (constants != null) {
      for (S constant : constants) {
        if (!byId.containsKey(constant)) {
          add(
              Mistake.Kind.UNDECLARED_CONSTANT,
              states.getSimpleName() + "." + Machine.text(constant),
              "the constant is not declared as a state, so the machine can never be in it; "
                  + "declare it or remove it.");
        }
      }
    }
    for (Mistake.Kind kind : builder.allowed) {
      if (!kind.tolerable()) {
        add(
            Mistake.Kind.WRONG_PLACE,
            "allow(" + kind + ")",
            "mistakes of this kind leave no clear meaning; mend them instead.");
      }
    }
    for (String text : builder.evolutionMistakes) {
      add(Mistake.Kind.WRONG_EVOLUTION, "the machine", text + ".");
    }
    for (int i = 0; i < nodes.size(); i++) {
      references(i, scopes.get(i));
    }
    builder.renamed.forEach((old, state) -> known("renamed(" + old + ")", "", state));
    builder.migrations.forEach(
        (from, migration) -> {
          if (from < 1 || from >= builder.version) {
            add(
                Mistake.Kind.WRONG_EVOLUTION,
                "migrate(" + from + ")",
                "the definition is version "
                    + builder.version
                    + ", so only versions 1 to "
                    + (builder.version - 1)
                    + " need migration; raise version(...) or remove it.");
          }
        });
  }

  private void references(int index, Scope<S, C, E, ?> scope) {
    String place = place(index);
    scope.initial.forEach(state -> known(place, "initial", state));
    for (Actions<S, C, E, ?> actions : List.of(scope.onEntry, scope.onExit, scope.onInitial)) {
      actions.asked.forEach(state -> known(place, "whenIn", state));
    }
    for (ArrowSpec<S, C, E> arrow : scope.arrows) {
      String at = place + " / " + arrow.label();
      arrow.body().targets.forEach(state -> known(at, "target", state));
      arrow.body().asked.forEach(state -> known(at, "whenIn", state));
      for (Guard<S, C> guard : arrow.body().guards) {
        if (guard.asked() != null) {
          known(at, "whenIn", guard.asked());
        }
      }
      if (arrow.key() instanceof ArrowSpec.DoneOf<?> done && done.state() != null) {
        if (!byId.containsKey(done.state())) {
          unknown(at, "onDone", done.state());
        }
      }
    }
  }

  private void known(String place, String what, S state) {
    if (!byId.containsKey(state)) {
      unknown(place, what, state);
    }
  }

  private void unknown(String place, String what, Object state) {
    add(
        Mistake.Kind.UNKNOWN_STATE,
        place,
        what
            + " names the state '"
            + state
            + "', which is not declared; declare it or correct the id.");
  }

  // --- after connecting ------------------------------------------------------------------------

  void shapes() {
    for (int i = 0; i < nodes.size(); i++) {
      Node<S, C> node = nodes.get(i);
      Scope<S, C, E, ?> scope = scopes.get(i);
      initial(node, scope, place(i));
      places(node, scope, place(i));
      activities(scope, place(i));
      targets(node, place(i));
    }
  }

  private void initial(Node<S, C> node, Scope<S, C, E, ?> declared, String place) {
    if (node.kind == Kind.COMPOUND && declared.initial.isEmpty() && !node.children.isEmpty()) {
      add(
          Mistake.Kind.MISSING_INITIAL,
          place,
          "it has children and does not say where to start; add initial(...).");
    }
    boolean may = node.kind == Kind.COMPOUND || node.kind.isHistory();
    if (!may && !node.initial.isEmpty()) {
      add(
          Mistake.Kind.WRONG_INITIAL,
          place,
          "only a state with children that is not parallel has an initial; remove it.");
    }
    Node<S, C> scope = node.kind.isHistory() ? node.parent : node;
    for (Node<S, C> target : node.initial) {
      if (may && scope != null && !target.isInside(scope) && !isOneOfTwo(target)) {
        Mistake.Kind kind =
            node.kind.isHistory() ? Mistake.Kind.WRONG_HISTORY : Mistake.Kind.WRONG_INITIAL;
        add(
            kind,
            place,
            "initial '" + target + "' lies outside " + scope + "; name a state inside it.");
      }
      if (node.kind.isHistory() && target.kind.isHistory() && target.parent == node.parent) {
        add(
            Mistake.Kind.WRONG_HISTORY,
            place,
            "its default leads to a history state of the same parent; name a state to enter.");
      }
    }
    together(node.initial, place + " / initial");
  }

  /** Which one its id means is not known; that mistake is noted. */
  private boolean isOneOfTwo(Node<S, C> node) {
    return nodes.stream().anyMatch(other -> other != node && Objects.equals(other.id, node.id));
  }

  private void places(Node<S, C> node, Scope<S, C, E, ?> scope, String place) {
    boolean end = node.kind == Kind.FINAL;
    if (end
        && !(scope.arrows.isEmpty() && scope.children.isEmpty() && scope.activities.isEmpty())) {
      add(
          Mistake.Kind.FINAL_NOT_FINAL,
          place,
          "a final state has no children, transitions, timers or activities; use "
              + "state(...), or move them out.");
    }
    if (!end && node.output != null) {
      add(
          Mistake.Kind.WRONG_PLACE,
          place,
          "only a final state has an output; move output(...) to one.");
    }
    if (!node.histories.isEmpty() && node.children.isEmpty()) {
      add(
          Mistake.Kind.WRONG_HISTORY,
          place,
          "it has history states and no other children to remember; declare some.");
    }
    boolean begins = node.kind == Kind.COMPOUND || node.kind.isHistory();
    if (!begins && !node.onInitial.isEmpty()) {
      add(
          Mistake.Kind.WRONG_PLACE,
          place,
          "it has no initial, so onInitial never runs; use onEntry(...).");
    }
    if (node.kind == Kind.PARALLEL && node.children.isEmpty()) {
      add(
          Mistake.Kind.WRONG_PLACE,
          place,
          "a parallel state needs regions; declare children, or use state(...).");
    }
    Set<String> slots = new HashSet<>();
    for (AfterSpec<C> after : scope.afters) {
      if (!slots.add(after.slot())) {
        add(
            Mistake.Kind.DUPLICATE_AFTER,
            place + " / " + after.slot(),
            "the state has two of this name, and a pending one would be either; rename one.");
      }
      if (after.fixed() != null && after.fixed().isNegative()) {
        add(
            Mistake.Kind.WRONG_DELAY,
            place + " / " + after.label(),
            "the delay is negative; give zero or more.");
      }
    }
  }

  private void activities(Scope<S, C, E, ?> scope, String place) {
    Set<String> names = new HashSet<>();
    for (ActivitySpec<C> activity : scope.activities) {
      if (!names.add(activity.name)) {
        add(
            Mistake.Kind.DUPLICATE_ACTIVITY,
            place + " / invoke " + activity.name,
            "the state invokes two activities of this name, and their ids would be the "
                + "same; rename one.");
      }
      if (activity.timeout != null
          && (activity.timeout.isNegative() || activity.timeout.isZero())) {
        add(
            Mistake.Kind.WRONG_DELAY,
            place + " / invoke " + activity.name,
            "the time-out must be more than zero.");
      }
    }
  }

  private void targets(Node<S, C> node, String place) {
    for (List<Arrow<S, C>> arrows : List.of(node.onEvent, node.always, node.keyed)) {
      for (Arrow<S, C> arrow : arrows) {
        together(arrow.targets, place + " / " + arrow.shown.label());
      }
    }
  }

  /** Several targets are possible only in different regions. */
  private void together(List<Node<S, C>> targets, String place) {
    for (int i = 0; i < targets.size(); i++) {
      for (int k = i + 1; k < targets.size(); k++) {
        Node<S, C> one = targets.get(i);
        Node<S, C> other = targets.get(k);
        if (!apart(one, other)) {
          add(
              Mistake.Kind.WRONG_TARGETS,
              place,
              "'"
                  + one
                  + "' and '"
                  + other
                  + "' cannot both be entered; several targets must lie in different"
                  + " regions of one parallel state.");
        }
      }
    }
  }

  private boolean apart(Node<S, C> one, Node<S, C> other) {
    if (one == other || one.isInside(other) || other.isInside(one)) {
      return false;
    }
    Node<S, C> common = one.parent;
    while (common != null && !other.isInside(common)) {
      common = common.parent;
    }
    return common != null && common.kind == Kind.PARALLEL;
  }
}
