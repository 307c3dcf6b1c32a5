package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine at rest, between two steps: an immutable value. Equal snapshots behave equally for
 * ever.
 *
 * <p>It belongs to the {@link Machine} object that made it. To store it, take {@link #recorded()}
 * and {@link #context()} apart; to read it back, also under a newer definition, {@link
 * Machine#restore}.
 *
 * @param <S> state ids
 * @param <C> the context
 */
public final class Snapshot<S, C> {
  final Chart<S, C> chart;
  final long[] active;
  final Map<Node<S, C>, List<Node<S, C>>> history;
  final Pending<S, C> pending;
  private final C context;
  private final boolean done;
  private final @Nullable Object output;

  Snapshot(
      Chart<S, C> chart,
      long[] active,
      Map<Node<S, C>, List<Node<S, C>>> history,
      C context,
      Pending<S, C> pending,
      boolean done,
      @Nullable Object output) {
    this.chart = chart;
    this.active = active;
    this.history = history;
    this.context = context;
    this.pending = pending;
    this.done = done;
    this.output = output;
  }

  static <S, C> Snapshot<S, C> empty(Chart<S, C> chart, C context) {
    return new Snapshot<>(
        chart, Bits.none(chart.nodes.size()), Map.of(), context, Pending.none(), false, null);
  }

  /** The id of the machine. */
  public String machine() {
    return chart.id;
  }

  /** The version of the definition. */
  public int version() {
    return chart.version;
  }

  /** All active states, outer ones before inner ones, in document order. */
  public Set<S> configuration() {
    Set<S> states = new LinkedHashSet<>();
    for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
      S id = chart.nodes.get(i).id;
      if (id != null) {
        states.add(id);
      }
    }
    return Collections.unmodifiableSet(states);
  }

  /**
   * The active states that have no children, in document order: one, or one for each active region.
   */
  public List<S> leaves() {
    return chart.leaves(active);
  }

  /**
   * Whether {@code state} is active.
   *
   * @throws MachineException OW010 if the machine has no such state
   */
  public boolean in(S state) {
    return Bits.has(active, chart.node(state).index);
  }

  public C context() {
    return context;
  }

  /** The ids of the timers that may still {@link Machine#fire}, in the order started. */
  public List<String> timers() {
    return pending.timers().stream().map(Pending.Timer::id).toList();
  }

  /** The ids of the activities whose result is awaited, in the order started. */
  public List<String> activities() {
    return pending.activities().stream().map(Pending.Activity::id).toList();
  }

  /**
   * Checks that this definition has what a timer or an activity that is awaited belongs to.
   *
   * @throws MachineException OW015 if it was restored and this definition does not have it
   */
  public void checkDefined(String id) {
    for (Pending.Timer<S, C> timer : pending.timers()) {
      if (timer.id().equals(id) && timer.owner() != null && timer.key() == null) {
        throw Errors.notDefined(chart, "timer", id, timer.slot());
      }
    }
    for (Pending.Activity<S, C> activity : pending.activities()) {
      if (activity.id().equals(id) && activity.spec() == null) {
        throw Errors.notDefined(chart, "activity", id, activity.name());
      }
    }
  }

  /** Whether a top-level final state was reached. No event is taken any more. */
  public boolean isDone() {
    return done;
  }

  /**
   * What the top-level final state returned; empty if the machine is not done or nothing was
   * returned.
   */
  public Optional<Object> output() {
    return Optional.ofNullable(output);
  }

  @Nullable Object rawOutput() {
    return output;
  }

  /** Everything but the context, as plain data to store. */
  public Recorded recorded() {
    Map<String, List<String>> remembered = new LinkedHashMap<>();
    for (Node<S, C> node : chart.nodes) {
      List<Node<S, C>> states = history.get(node);
      if (states != null) {
        remembered.put(node.name, states.stream().map(state -> state.name).toList());
      }
    }
    List<String> leaves = new ArrayList<>();
    for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
      if (chart.nodes.get(i).isLeaf()) {
        leaves.add(chart.nodes.get(i).name);
      }
    }
    List<Recorded.Timer> timers = new ArrayList<>();
    for (Pending.Timer<S, C> timer : pending.timers()) {
      String owner = timer.owner() == null ? null : timer.owner().name;
      timers.add(new Recorded.Timer(timer.id(), owner, timer.slot(), timer.event()));
    }
    List<Recorded.Activity> activities = new ArrayList<>();
    for (Pending.Activity<S, C> running : pending.activities()) {
      activities.add(new Recorded.Activity(running.id(), running.owner().name, running.name()));
    }
    return new Recorded(
        chart.id,
        chart.version,
        leaves,
        remembered,
        timers,
        activities,
        pending.entries(),
        done,
        output);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Snapshot<?, ?> that
        && chart == that.chart
        && done == that.done
        && Arrays.equals(active, that.active)
        && history.equals(that.history)
        && pending.equals(that.pending)
        && context.equals(that.context)
        && Objects.equals(output, that.output);
  }

  @Override
  public int hashCode() {
    return Objects.hash(chart.id, Arrays.hashCode(active), context, pending.entries());
  }

  @Override
  public String toString() {
    return chart.id + " v" + chart.version + " " + leaves() + (done ? " done " : " ") + context;
  }
}
