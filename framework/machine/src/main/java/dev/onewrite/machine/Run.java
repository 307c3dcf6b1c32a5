package dev.onewrite.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a machine: the interpreter. It lives as long as the call that made it.
 *
 * <p>A step is a macrostep: the trigger is taken in one microstep, then, until nothing is left to
 * do, {@code always} transitions, and when none is enabled the oldest raised event. A microstep
 * leaves states, innermost and last first; then does what the transitions do; then enters states,
 * outermost and first first.
 *
 * <p>Copies are made late. A transition between flat states costs one configuration and no list.
 */
final class Run<S, C> implements Moment<S>, Domain.Memory<S, C> {
  final Chart<S, C> chart;
  private final Instant now;
  private final Pending<S, C> pendingBefore;
  private long[] active;
  private boolean activeIsOurs;
  private Map<Node<S, C>, List<Node<S, C>>> history;
  private boolean historyIsOurs;
  private C context;
  private @Nullable Ledger<S, C> ledger;
  private @Nullable ArrayDeque<Signal> queue;
  private @Nullable Object event;
  private List<Transition<S, ?>> taken = List.of();
  private int microsteps;
  private boolean done;
  private @Nullable Object output;

  /** Something raised inside the machine. */
  private record Signal(Object key, @Nullable Object value) {}

  Run(Snapshot<S, C> before, Instant now) {
    this.chart = before.chart;
    this.now = now;
    this.pendingBefore = before.pending;
    this.active = before.active;
    this.history = before.history;
    this.context = before.context();
    this.done = before.isDone();
    this.output = before.rawOutput();
  }

  // --- what guards and actions see -------------------------------------------------------------

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public boolean in(S state) {
    return Bits.has(active, chart.node(state).index);
  }

  C context() {
    return context;
  }

  long[] active() {
    return active;
  }

  void assign(@Nullable C changed) {
    if (changed == null) {
      throw Errors.nullContext(chart.id, taken);
    }
    context = changed;
  }

  void effect(Effect effect) {
    ledger().add(effect);
  }

  void raise(Object raised) {
    queue().add(new Signal(Selection.EVENT, raised));
  }

  void raiseLater(Object raised, Duration delay, @Nullable String name) {
    ledger().startRaise(raised, delay, name);
  }

  void cancelNamed(String name) {
    ledger().cancelRaise(name);
  }

  void perform(List<Action<S, C>> actions, @Nullable Object given) {
    for (int i = 0; i < actions.size(); i++) {
      actions.get(i).run(this, given);
    }
  }

  Ledger<S, C> ledger() {
    if (ledger == null) {
      ledger = new Ledger<>(chart.id, pendingBefore);
    }
    return ledger;
  }

  private ArrayDeque<Signal> queue() {
    if (queue == null) {
      queue = new ArrayDeque<>();
    }
    return queue;
  }

  // --- the macrostep ---------------------------------------------------------------------------

  /** Enters the machine. */
  void start() {
    enter(chart.start);
    settle();
  }

  /** Begins in the states that are active: starts what they wait for and runs no action. */
  void begin() {
    for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
      Node<S, C> node = chart.nodes.get(i);
      if (node.startsSomething()) {
        ledger().start(node, context, this);
      }
      if (node.kind == Kind.FINAL && node.parent != null && node.parent.parent == null) {
        complete(node);
      }
    }
  }

  /** Takes {@code value} as what {@code key} stands for, if any transition does; says whether. */
  boolean take(Object key, @Nullable Object value) {
    if (done || !micro(key, value)) {
      return false;
    }
    settle();
    return true;
  }

  private void settle() {
    while (!done) {
      if (Bits.meet(active, chart.withAlways) && micro(Selection.ALWAYS, event)) {
        continue;
      }
      Signal next = queue == null ? null : queue.poll();
      if (next == null) {
        return;
      }
      micro(next.key(), next.value());
    }
    ledger().stop(null);
  }

  private boolean micro(Object key, @Nullable Object value) {
    Object eventBefore = event;
    if (key == Selection.EVENT) {
      event = value;
    }
    List<Arrow<S, C>> arrows = Selection.select(this, key, value);
    if (arrows.isEmpty()) {
      event = eventBefore;
      return false;
    }
    if (++microsteps > Machine.MICROSTEPS_MAX) {
      throw Errors.tooManyMicrosteps(chart.id, arrows.get(0).shown, chart.leaves(active));
    }
    note(arrows);
    if (arrows.size() == 1) {
      follow(arrows.get(0), value);
    } else {
      follow(arrows, value);
    }
    return true;
  }

  private void follow(Arrow<S, C> arrow, @Nullable Object value) {
    Node<S, C> root = root(arrow);
    if (root == null) {
      perform(arrow.actions, value);
      return;
    }
    leave(root);
    perform(arrow.actions, value);
    enter(domain(arrow, root));
  }

  /**
   * Domains of transitions taken together are disjoint subtrees in document order; so is what is
   * left and entered in each.
   */
  private void follow(List<Arrow<S, C>> arrows, @Nullable Object value) {
    List<@Nullable Node<S, C>> roots = new ArrayList<>();
    for (Arrow<S, C> arrow : arrows) {
      roots.add(root(arrow));
    }
    for (int i = arrows.size() - 1; i >= 0; i--) {
      Node<S, C> root = roots.get(i);
      if (root != null) {
        leave(root);
      }
    }
    for (Arrow<S, C> arrow : arrows) {
      perform(arrow.actions, value);
    }
    for (int i = 0; i < arrows.size(); i++) {
      Node<S, C> root = roots.get(i);
      if (root != null) {
        enter(domain(arrows.get(i), root));
      }
    }
  }

  private void note(List<Arrow<S, C>> arrows) {
    if (taken.isEmpty() && arrows.size() == 1) {
      taken = arrows.get(0).shownAlone;
      return;
    }
    List<Transition<S, ?>> all = new ArrayList<>(taken);
    for (Arrow<S, C> arrow : arrows) {
      all.add(arrow.shown);
    }
    taken = all;
  }

  // --- leaving and entering --------------------------------------------------------------------

  /** The state within which {@code arrow} leaves and enters; null if it does neither. */
  @Nullable Node<S, C> root(Arrow<S, C> arrow) {
    if (arrow.remembers) {
      return arrow.root(Domain.resolve(arrow.targets, this));
    }
    return arrow.domain == null ? null : arrow.domain.root();
  }

  private Domain<S, C> domain(Arrow<S, C> arrow, Node<S, C> root) {
    Domain<S, C> fixed = arrow.domain;
    return fixed != null ? fixed : Domain.of(root, arrow.targets, chart.nodes.size(), this);
  }

  @Override
  public @Nullable List<Node<S, C>> recall(Node<S, C> state) {
    return history.get(state);
  }

  private void leave(Node<S, C> root) {
    if (!activeIsOurs) {
      active = active.clone();
      activeIsOurs = true;
    }
    if (chart.hasHistory) {
      remember(root);
    }
    for (int i = Bits.previous(active, root.last); i > root.index; i = Bits.previous(active, i)) {
      Node<S, C> node = chart.nodes.get(i);
      perform(node.exit, event);
      if (node.startsSomething() || pendingBefore.waitsIn(node)) {
        ledger().stop(node);
      }
      Bits.remove(active, i);
    }
  }

  private void remember(Node<S, C> root) {
    for (int i = Bits.next(active, root.index + 1);
        i >= 0 && i <= root.last;
        i = Bits.next(active, i + 1)) {
      for (Node<S, C> state : chart.nodes.get(i).histories) {
        if (!historyIsOurs) {
          history = new LinkedHashMap<>(history);
          historyIsOurs = true;
        }
        history.put(state, chart.rememberedBy(state, active));
      }
    }
  }

  private void enter(Domain<S, C> domain) {
    if (!activeIsOurs) {
      active = active.clone();
      activeIsOurs = true;
    }
    Node<S, C> root = domain.root();
    long[] entered = domain.entered();
    if (!Bits.has(entered, root.index)) {
      followInitial(root, domain);
    }
    for (int i = Bits.next(entered, 0); i >= 0; i = Bits.next(entered, i + 1)) {
      Node<S, C> node = chart.nodes.get(i);
      Bits.add(active, i);
      perform(node.entry, event);
      if (node.startsSomething()) {
        ledger().start(node, context, this);
      }
      followInitial(node, domain);
      if (node.kind == Kind.FINAL) {
        complete(node);
      }
    }
  }

  private void followInitial(Node<S, C> node, Domain<S, C> domain) {
    if (Bits.has(domain.defaulted(), node.index)) {
      perform(node.onInitial, event);
    }
    for (Node<S, C> state : node.histories) {
      if (Bits.has(domain.defaulted(), state.index)) {
        perform(state.onInitial, event);
      }
    }
  }

  // --- completion ------------------------------------------------------------------------------

  /**
   * Completes the parent of a final state, and each parallel state around it all of whose regions
   * are complete with it.
   */
  private void complete(Node<S, C> last) {
    Object result = last.output == null ? null : last.output.apply(context);
    Node<S, C> completed = last.parent;
    while (completed != null && chart.isComplete(completed, active)) {
      if (completed.parent == null) {
        done = true;
        output = result;
        return;
      }
      queue().add(new Signal(completed, result));
      completed = completed.parent.kind == Kind.PARALLEL ? completed.parent : null;
      result = null;
    }
  }

  // --- the result ------------------------------------------------------------------------------

  Snapshot<S, C> snapshot() {
    Pending<S, C> pending = ledger == null ? pendingBefore : ledger.pending();
    return new Snapshot<>(chart, active, history, context, pending, done, output);
  }

  @SuppressWarnings("unchecked")
  <E> Step<S, C, E> step(boolean wasTaken) {
    // Transition<S, E> only hands out Class<? extends E>, and every transition of this chart was
    // declared with the machine's E.
    List<Transition<S, E>> transitions = (List<Transition<S, E>>) (List<?>) taken;
    List<Effect> effects = ledger == null ? List.of() : ledger.effects();
    return new Step<>(snapshot(), effects, microsteps, wasTaken, transitions);
  }
}
