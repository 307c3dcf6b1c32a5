package dev.onewrite.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statechart: a pure function from a snapshot and an event to a {@link Step}. It holds no state,
 * so one object serves any number of threads and entities.
 *
 * <pre>{@code
 * Machine<Phase, Draft, FormEvent> machine =
 *     Machine.define("form", Phase.class, FormEvent.class, Draft::empty, m -> m
 *         .initial(EDITING)
 *         .state(EDITING, s -> s.on(SaveStarted.class, t -> t.target(SAVING)))
 *         .state(SAVING, s -> s
 *             .on(SaveSucceeded.class, t -> t.target(SAVED))
 *             .after(Duration.ofSeconds(30), t -> t.target(EDITING)))
 *         .finalState(SAVED));
 * Step<Phase, Draft, FormEvent> step = machine.transition(machine.start().snapshot(), event, now);
 * }</pre>
 *
 * <p><b>Guarantee.</b> Same arguments, equal steps, as long as guards and actions are pure. A call
 * that throws has changed nothing, for there is nothing to change. What a guard or an action throws
 * comes through as it is.
 *
 * <p><b>Limit.</b> {@value #MICROSTEPS_MAX} microsteps a step.
 *
 * @param <S> state ids: an enum, all of whose constants must be declared, or String
 * @param <C> the context, an immutable value
 * @param <E> the events, usually a sealed interface of records
 */
public final class Machine<S, C, E> {
  /**
   * 1,000. A step of a sound machine takes a handful; one that takes a thousand goes in a circle,
   * and it is better to refuse its event than to hang its thread.
   */
  public static final int MICROSTEPS_MAX = 1_000;

  private final Chart<S, C> chart;
  private final Class<E> events;
  private final Supplier<? extends C> initial;
  private final Restore.Evolution<S> evolution;

  private Machine(
      Chart<S, C> chart,
      Class<E> events,
      Supplier<? extends C> initial,
      Restore.Evolution<S> evolution) {
    this.chart = chart;
    this.events = events;
    this.initial = initial;
    this.evolution = evolution;
  }

  /**
   * Defines a machine. The definition is checked as a whole and compiled, once.
   *
   * @param id names the machine in what it records and in errors; keep it for ever
   * @param states the class of the state ids: an enum, or String
   * @param events the class all events have in common
   * @param initial makes the context that {@link #start()} starts with
   * @throws DefinitionException OW001 if there are mistakes; it lists all of them
   */
  public static <S, C, E> Machine<S, C, E> define(
      String id,
      Class<S> states,
      Class<E> events,
      Supplier<? extends C> initial,
      Consumer<MachineBuilder<S, C, E>> definition) {
    Objects.requireNonNull(id, "id");
    MachineBuilder<S, C, E> builder = new MachineBuilder<>();
    definition.accept(builder);
    Chart<S, C> chart = new Compiler<>(id, builder).compile(states, events);
    Restore.Evolution<S> evolution =
        new Restore.Evolution<>(
            Map.copyOf(builder.renamed), Map.copyOf(builder.migrations), builder.contextType);
    return new Machine<>(chart, events, initial, evolution);
  }

  /** A state id as text: the constant's name, or the string itself. */
  static String text(Object state) {
    return state instanceof Enum<?> constant ? constant.name() : state.toString();
  }

  // --- steps -----------------------------------------------------------------------------------

  /**
   * Starts with the context the definition gives, at {@link Instant#EPOCH}: for machines that do
   * not read the time.
   */
  public Step<S, C, E> start() {
    return start(initial.get());
  }

  /** As {@link #start()}, with {@code context}, made from whatever input the caller has. */
  public Step<S, C, E> start(C context) {
    return start(context, Instant.EPOCH);
  }

  /** Starts with the context the definition gives, at {@code now}. */
  public Step<S, C, E> start(Instant now) {
    return start(initial.get(), now);
  }

  /** Starts with {@code context} at {@code now}, which computed delays and actions may read. */
  public Step<S, C, E> start(C context, Instant now) {
    Objects.requireNonNull(context, "context");
    Run<S, C> run = new Run<>(Snapshot.empty(chart, context), now);
    run.start();
    return run.step(true);
  }

  /**
   * As if {@code states} had just been entered with {@code context}: a place to begin a test at.
   * What they wait for starts: timers, activities. No action runs. Of a compound state given alone,
   * the initial states are active too.
   *
   * @throws MachineException OW010 if the machine has no such state, OW014 for states that cannot
   *     be active together; and as {@link #transition}
   */
  public Step<S, C, E> at(Set<S> states, C context, Instant now) {
    List<String> names = states.stream().map(state -> chart.node(state).name).toList();
    Recorded recorded =
        new Recorded(
            chart.id, chart.version, names, Map.of(), List.of(), List.of(), 0, false, null);
    Run<S, C> run = new Run<>(restore(recorded, context), now);
    run.begin();
    return run.step(true);
  }

  /**
   * Takes {@code event}, if any transition does. If none does, or the machine is done, nothing
   * changes and the step says so.
   *
   * @throws MachineException OW002 beyond {@value #MICROSTEPS_MAX} microsteps; OW003 if another
   *     machine made the snapshot; OW009, OW011 if an action gives a null context or a negative
   *     delay
   */
  public Step<S, C, E> transition(Snapshot<S, C> snapshot, E event, Instant now) {
    Run<S, C> run = run(snapshot, now);
    return run.step(run.take(Selection.EVENT, Objects.requireNonNull(event, "event")));
  }

  /**
   * As {@link #transition}, but strict: an event that is not taken is refused.
   *
   * @throws MachineException OW008 if the machine is done; OW012 if it does not take the event now;
   *     and as {@link #transition}
   */
  public Step<S, C, E> require(Snapshot<S, C> snapshot, E event, Instant now) {
    Step<S, C, E> step = transition(snapshot, event, now);
    if (!step.taken()) {
      throw snapshot.isDone()
          ? Errors.finished(chart.id, event, snapshot.leaves())
          : Errors.notTaken(chart.id, event, snapshot.leaves());
    }
    return step;
  }

  /**
   * Lets the timer {@code timerId} of an {@link Effect.TimerStarted} expire.
   *
   * <p><b>When.</b> Its delay has passed; the machine does not check that, it has no clock. A timer
   * that is not pending, because its state was left, it was cancelled or has fired already, is not
   * taken and changes nothing. A pending one is spent, even if no transition takes it.
   *
   * @throws MachineException OW015 if it was restored and this definition does not have it; and as
   *     {@link #transition}
   */
  public Step<S, C, E> fire(Snapshot<S, C> snapshot, String timerId, Instant now) {
    Run<S, C> run = run(snapshot, now);
    return run.step(new Arrivals<>(run, snapshot).timer(timerId));
  }

  /**
   * Brings the result of an activity back.
   *
   * <p>If {@code activityId} is not running any more, because its state was left or its time was
   * up, the result is void: not taken, nothing changes. Otherwise the activity is over, even if no
   * transition takes its result.
   *
   * @throws MachineException OW013 if the activity declares {@code onDone} for other types only;
   *     OW015 if it was restored and this definition does not have it; and as {@link #transition}
   */
  public Step<S, C, E> done(
      Snapshot<S, C> snapshot, String activityId, @Nullable Object result, Instant now) {
    Run<S, C> run = run(snapshot, now);
    return run.step(new Arrivals<>(run, snapshot).result(activityId, result));
  }

  /**
   * Tells that an activity failed for good. Void if it is not running any more, as in {@link
   * #done}.
   *
   * @throws MachineException as {@link #transition}
   */
  public Step<S, C, E> failed(
      Snapshot<S, C> snapshot, String activityId, Failure failure, Instant now) {
    Run<S, C> run = run(snapshot, now);
    return run.step(new Arrivals<>(run, snapshot).failure(activityId, failure));
  }

  private Run<S, C> run(Snapshot<S, C> snapshot, Instant now) {
    if (snapshot.chart != chart) {
      throw Errors.otherMachine(chart.id, snapshot);
    }
    return new Run<>(snapshot, now);
  }

  // --- questions -------------------------------------------------------------------------------

  /** Whether {@link #transition} would take {@code event} at {@link Instant#EPOCH}. */
  public boolean can(Snapshot<S, C> snapshot, E event) {
    return can(snapshot, event, Instant.EPOCH);
  }

  /**
   * Whether {@link #transition} would take {@code event} at {@code now}. Guards are asked, nothing
   * is done.
   */
  public boolean can(Snapshot<S, C> snapshot, E event, Instant now) {
    Run<S, C> run = run(snapshot, now);
    return !snapshot.isDone() && !Selection.select(run, Selection.EVENT, event).isEmpty();
  }

  /**
   * The event types that some active state takes, guards not asked: the concrete classes of a
   * sealed hierarchy, else the classes that transitions name. What an inner state forbids is left
   * out.
   */
  public Set<Class<? extends E>> next(Snapshot<S, C> snapshot) {
    run(snapshot, Instant.EPOCH);
    return snapshot.isDone() ? Set.of() : new Next<>(chart, events).of(snapshot.active);
  }

  /** As {@link Snapshot#in}. */
  public boolean in(Snapshot<S, C> snapshot, S state) {
    return snapshot.in(state);
  }

  /** Whether all of {@code states} are active. */
  @SafeVarargs
  public final boolean matches(Snapshot<S, C> snapshot, S... states) {
    boolean all = true;
    for (S state : states) {
      all &= snapshot.in(state);
    }
    return all;
  }

  /** Whether an active state has the tag {@code label}. */
  public boolean hasTag(Snapshot<S, C> snapshot, String label) {
    long[] active = snapshot.active;
    for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
      if (chart.nodes.get(i).tags.contains(label)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The tags of these states and of those around them, outer ones first, each once. A name that
   * this definition does not have has none.
   */
  public List<String> tags(Collection<String> states) {
    Set<String> tags = new LinkedHashSet<>();
    for (String state : states) {
      List<String> outwards = new ArrayList<>();
      for (Node<S, C> node = chart.named(state); node != null; node = node.parent) {
        outwards.addAll(0, node.tags);
      }
      tags.addAll(outwards);
    }
    return List.copyOf(tags);
  }

  // --- evolution -------------------------------------------------------------------------------

  /**
   * Reads back what {@link Snapshot#recorded()} gave, under this definition, which may be a later
   * one.
   *
   * <p>State ids that are gone are read through {@link MachineBuilder#renamed}; the context goes
   * through {@link MachineBuilder#migrate}. A region or a child level that did not exist then is
   * taken to be at its initial states. Timers and activities that the definition does not have are
   * dropped if an earlier version recorded them; of the same version they stay, and {@link #fire},
   * {@link #done} and {@link #failed} refuse them (OW015).
   *
   * <p><b>Guarantee.</b> No guard, no action and no assign runs, and nothing starts.
   *
   * @throws MachineException OW004 recorded by another machine; OW005 unknown state; OW006 recorded
   *     by a newer version; OW007 a context of another type; OW014 states that cannot be active
   *     together
   */
  public Snapshot<S, C> restore(Recorded recorded, Object context) {
    return new Restore<>(chart, evolution, recorded).migrating(context);
  }

  /** As {@link #restore}, with a context that this definition has made or migrated already. */
  public Snapshot<S, C> restoreWith(Recorded recorded, C current) {
    return new Restore<>(chart, evolution, recorded).keeping(current);
  }

  // --- looking at the definition ---------------------------------------------------------------

  /** The id given at definition. */
  public String id() {
    return chart.id;
  }

  /** The version of this definition. */
  public int version() {
    return chart.version;
  }

  /** The class all events have in common. */
  public Class<E> events() {
    return events;
  }

  /** The types of contexts of earlier versions that it migrates. */
  public Set<Class<?>> migrated() {
    return evolution.migrations().values().stream()
        .map(MachineBuilder.Migration::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All states, in document order, history states included. */
  public Set<S> states() {
    Set<S> states = new LinkedHashSet<>();
    for (Node<S, C> node : chart.nodes) {
      if (node.id != null) {
        states.add(node.id);
      }
    }
    return Collections.unmodifiableSet(states);
  }

  /** All transitions, in document order. */
  @SuppressWarnings("unchecked")
  public List<Transition<S, E>> transitions() {
    // Every transition of this chart was declared with this machine's E.
    List<Transition<S, E>> transitions = new ArrayList<>();
    chart.transitions.forEach(each -> transitions.add((Transition<S, E>) each));
    return transitions;
  }

  /** The states that can be active: all but the history states. */
  Set<S> activeStates() {
    Set<S> states = new LinkedHashSet<>();
    for (Node<S, C> node : chart.nodes) {
      if (node.id != null && !node.kind.isHistory()) {
        states.add(node.id);
      }
    }
    return states;
  }

  // --- pictures --------------------------------------------------------------------------------

  /** This machine as a Mermaid state diagram. */
  public String toMermaid() {
    return new Mermaid<>(chart, null).draw();
  }

  /** As {@link #toMermaid()}, with what is active in {@code snapshot} lit. */
  public String toMermaid(Snapshot<S, C> snapshot) {
    return new Mermaid<>(chart, run(snapshot, Instant.EPOCH).active()).draw();
  }

  /** This machine as a Graphviz digraph. */
  public String toDot() {
    return new Dot<>(chart, null).draw();
  }

  /** As {@link #toDot()}, with what is active in {@code snapshot} lit. */
  public String toDot(Snapshot<S, C> snapshot) {
    return new Dot<>(chart, run(snapshot, Instant.EPOCH).active()).draw();
  }

  @Override
  public String toString() {
    return "machine " + chart.id + " v" + chart.version;
  }
}
