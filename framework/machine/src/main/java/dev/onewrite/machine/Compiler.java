package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Chart} of what the builders gathered, in three passes: number the states; connect
 * those that are there; compute what each transition leaves and enters. The first two note mistakes
 * and go on, so that one refusal lists them all; the third is only begun if there are none.
 */
final class Compiler<S, C, E> {
  private final String machine;
  private final MachineBuilder<S, C, E> builder;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<Node<S, C>> nodes = new ArrayList<>();
  private final List<Scope<S, C, E, ?>> scopes = new ArrayList<>();
  private final Map<S, Node<S, C>> byId = new HashMap<>();
  private final Map<String, Node<S, C>> byName = new LinkedHashMap<>();
  private final List<Arrow<S, C>> arrows = new ArrayList<>();

  Compiler(String machine, MachineBuilder<S, C, E> builder) {
    this.machine = machine;
    this.builder = builder;
  }

  Chart<S, C> compile(Class<S> states, Class<E> events) {
    number(builder, null);
    Checks<S, C, E> checks = new Checks<>(builder, nodes, scopes, byId, mistakes);
    checks.declarations(states);
    for (int i = 0; i < nodes.size(); i++) {
      connect(nodes.get(i), scopes.get(i));
    }
    checks.shapes();
    new Reach<>(nodes, byId, arrows, builder.allowed, mistakes).check(events);
    refuse();
    for (Arrow<S, C> arrow : arrows) {
      settleDomain(arrow);
    }
    List<Transition<S, ?>> shown = new ArrayList<>();
    arrows.forEach(arrow -> shown.add(arrow.shown));
    return new Chart<>(machine, builder.version, nodes, byId, byName, shown);
  }

  private void refuse() {
    if (!mistakes.isEmpty()) {
      throw new DefinitionException(machine, mistakes);
    }
  }

  private Node<S, C> number(Scope<S, C, E, ?> scope, @Nullable Node<S, C> parent) {
    String name = scope.id == null ? "(" + machine + ")" : Machine.text(scope.id);
    Node<S, C> node = new Node<>(nodes.size(), scope.id, name, scope.kind, parent);
    nodes.add(node);
    scopes.add(scope);
    if (scope.id != null) {
      Node<S, C> twin = byId.putIfAbsent(scope.id, node);
      byName.putIfAbsent(name, node);
      if (twin != null) {
        mistakes.add(
            new Mistake(
                Mistake.Kind.DUPLICATE_STATE,
                place(node),
                "the id is already that of the state at "
                    + place(twin)
                    + "; every state needs an id of its own in the whole machine."));
      }
    }
    List<Node<S, C>> children = new ArrayList<>();
    List<Node<S, C>> histories = new ArrayList<>();
    for (StateBuilder<S, C, E> child : scope.children) {
      Node<S, C> made = number(child, node);
      (made.kind.isHistory() ? histories : children).add(made);
    }
    node.children = List.copyOf(children);
    node.histories = List.copyOf(histories);
    node.last = nodes.size() - 1;
    return node;
  }

  static String place(Node<?, ?> node) {
    return node.parent == null || node.parent.parent == null
        ? node.name
        : place(node.parent) + " > " + node.name;
  }

  private void connect(Node<S, C> node, Scope<S, C, E, ?> scope) {
    node.initial = find(scope.initial);
    node.entry = List.copyOf(scope.onEntry.actions);
    node.exit = List.copyOf(scope.onExit.actions);
    node.onInitial = List.copyOf(scope.onInitial.actions);
    node.afters = List.copyOf(scope.afters);
    node.activities = List.copyOf(scope.activities);
    node.tags = List.copyOf(scope.tags);
    node.description = scope.description;
    if (node.kind.isHistory() && node.initial.isEmpty() && node.parent != null) {
      node.initial = node.parent.kind == Kind.PARALLEL ? node.parent.children : node.parent.initial;
    }
    node.output = scope.output;
    List<Arrow<S, C>> onEvent = new ArrayList<>();
    List<Arrow<S, C>> always = new ArrayList<>();
    List<Arrow<S, C>> keyed = new ArrayList<>();
    int ordinal = 0;
    for (ArrowSpec<S, C, E> spec : scope.arrows) {
      Arrow<S, C> arrow = arrow(node, spec, ++ordinal);
      arrows.add(arrow);
      switch (spec.trigger()) {
        case EVENT, ANY, FORBIDDEN -> onEvent.add(arrow);
        case ALWAYS -> always.add(arrow);
        case AFTER, DONE, ACTIVITY_DONE, ACTIVITY_FAILED -> keyed.add(arrow);
      }
    }
    node.onEvent = List.copyOf(onEvent);
    node.always = List.copyOf(always);
    node.keyed = List.copyOf(keyed);
  }

  private Arrow<S, C> arrow(Node<S, C> source, ArrowSpec<S, C, E> spec, int ordinal) {
    TransitionBuilder<S, C, E, ?> body = spec.body();
    String guard =
        body.guards.isEmpty()
            ? null
            : String.join(" & ", body.guards.stream().map(Guard::label).toList());
    String label = source.name + "/" + spec.label() + (guard == null ? "" : " [" + guard + "]");
    boolean taken = arrows.stream().anyMatch(arrow -> arrow.shown.id().equals(label));
    boolean plain =
        spec.trigger() == Transition.Trigger.EVENT
            || spec.trigger() == Transition.Trigger.FORBIDDEN;
    Transition<S, E> shown =
        new Transition<>(
            taken ? label + " (" + ordinal + ")" : label,
            source.id,
            spec.trigger(),
            spec.label(),
            plain ? eventType(spec) : null,
            body.targets,
            guard,
            body.description);
    return new Arrow<>(shown, source, spec, find(body.targets), key(source, spec));
  }

  @SuppressWarnings("unchecked")
  private @Nullable Class<? extends E> eventType(ArrowSpec<S, C, E> spec) {
    // on() and forbid() accept only classes of E.
    return (Class<? extends E>) spec.type();
  }

  private @Nullable Object key(Node<S, C> source, ArrowSpec<S, C, E> spec) {
    if (spec.key() instanceof ArrowSpec.DoneOf<?> done) {
      return done.state() == null ? source : byId.get(done.state());
    }
    return spec.key();
  }

  private List<Node<S, C>> find(List<S> ids) {
    List<Node<S, C>> found = new ArrayList<>();
    for (S id : ids) {
      Node<S, C> node = byId.get(id);
      if (node != null) {
        found.add(node);
      }
    }
    return List.copyOf(found);
  }

  /**
   * Most domains are known here and now. Those with history on the way down are computed when they
   * are taken.
   */
  private void settleDomain(Arrow<S, C> arrow) {
    if (arrow.targets.isEmpty()) {
      return;
    }
    boolean[] asked = new boolean[1];
    Domain.Memory<S, C> nothing =
        history -> {
          asked[0] = true;
          return null;
        };
    Node<S, C> root = arrow.root(Domain.resolve(arrow.targets, nothing));
    if (root.isLeaf()) {
      return;
    }
    Domain<S, C> domain = Domain.of(root, arrow.targets, nodes.size(), nothing);
    if (asked[0]) {
      arrow.remembers = true;
    } else {
      arrow.domain = domain;
    }
  }
}
