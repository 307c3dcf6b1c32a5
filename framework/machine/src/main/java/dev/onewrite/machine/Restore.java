package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what some version of a machine recorded. Runs migrations of contexts, and nothing else of
 * the definition.
 */
final class Restore<S, C> {
  private final Chart<S, C> chart;
  private final Evolution<S> evolution;
  private final Recorded recorded;

  /** What a definition says about its past. */
  record Evolution<S>(
      Map<String, S> renamed,
      Map<Integer, MachineBuilder.Migration> migrations,
      @Nullable Class<?> contextType) {}

  Restore(Chart<S, C> chart, Evolution<S> evolution, Recorded recorded) {
    this.chart = chart;
    this.evolution = evolution;
    this.recorded = recorded;
  }

  /** With a context as it was recorded, which may be of an earlier version. */
  Snapshot<S, C> migrating(Object context) {
    checkReadable();
    return snapshot(migrated(context));
  }

  /** With a context of this version. */
  Snapshot<S, C> keeping(C context) {
    checkReadable();
    return snapshot(context);
  }

  private void checkReadable() {
    if (!recorded.machine().equals(chart.id)) {
      throw Errors.recordedElsewhere(chart.id, recorded);
    }
    if (recorded.version() > chart.version) {
      throw Errors.newerVersion(recorded, chart.version);
    }
  }

  private Snapshot<S, C> snapshot(C context) {
    return new Snapshot<>(
        chart, configuration(), history(), context, pending(), recorded.done(), recorded.output());
  }

  private Node<S, C> find(String name, String where) {
    Node<S, C> node = chart.named(name);
    if (node != null) {
      return node;
    }
    S now = evolution.renamed().get(name);
    if (now == null) {
      throw Errors.unknownRecordedState(chart.id, recorded.version(), name, where);
    }
    return chart.node(now);
  }

  private Node<S, C> findActive(String name) {
    Node<S, C> node = find(name, "active");
    if (node.kind.isHistory()) {
      throw Errors.unknownRecordedState(
          chart.id, recorded.version(), name, "active, and now a history state");
    }
    return node;
  }

  private long[] configuration() {
    long[] active = Bits.none(chart.nodes.size());
    Bits.add(active, 0);
    for (String name : recorded.configuration()) {
      for (Node<S, C> node = findActive(name); node != null; node = node.parent) {
        Bits.add(active, node.index);
      }
    }
    for (Node<S, C> node : chart.nodes) {
      if (Bits.has(active, node.index)) {
        complete(node, active);
      }
    }
    return active;
  }

  /**
   * A compound state has exactly one active child, a parallel one all. What the past did not know
   * starts at its initial states.
   */
  private void complete(Node<S, C> node, long[] active) {
    List<Node<S, C>> present = new ArrayList<>();
    for (Node<S, C> child : node.children) {
      if (Bits.has(active, child.index)) {
        present.add(child);
      }
    }
    if (node.kind == Kind.COMPOUND && present.size() > 1) {
      throw Errors.impossible(chart.id, present.get(0).name, present.get(1).name);
    }
    boolean lacking =
        node.kind == Kind.COMPOUND ? present.isEmpty() : present.size() < node.children.size();
    if (node.kind == Kind.COMPOUND && lacking) {
      add(Domain.of(node, node.initial, chart.nodes.size(), history -> null), active);
    } else if (lacking) {
      for (Node<S, C> region : node.children) {
        if (!Bits.has(active, region.index)) {
          add(Domain.ofStart(region, chart.nodes.size(), history -> null), active);
        }
      }
    }
  }

  private void add(Domain<S, C> domain, long[] active) {
    long[] entered = domain.entered();
    for (int i = Bits.next(entered, 0); i >= 0; i = Bits.next(entered, i + 1)) {
      Bits.add(active, i);
    }
  }

  private Map<Node<S, C>, List<Node<S, C>>> history() {
    Map<Node<S, C>, List<Node<S, C>>> history = new LinkedHashMap<>();
    recorded
        .history()
        .forEach(
            (name, remembered) -> history.put(find(name, "history"), states(name, remembered)));
    return history;
  }

  private List<Node<S, C>> states(String history, List<String> remembered) {
    Node<S, C> parent = find(history, "history").parent;
    List<Node<S, C>> states = new ArrayList<>();
    for (String name : remembered) {
      Node<S, C> state = find(name, "remembered by " + history);
      if (parent == null || !state.isInside(parent)) {
        throw Errors.impossible(chart.id, history, state.name);
      }
      states.add(state);
    }
    return List.copyOf(states);
  }

  /**
   * What this definition does not have is dropped if an earlier version started it: the newer one
   * says so by leaving it out. Of the same version it is kept: while releases that differ run side
   * by side, or one is rolled back, the other still waits for it.
   */
  private Pending<S, C> pending() {
    boolean dropping = recorded.version() < chart.version;
    List<Pending.Timer<S, C>> timers = new ArrayList<>();
    for (Recorded.Timer timer : recorded.timers()) {
      Node<S, C> owner = timer.state() == null ? null : find(timer.state(), "timer " + timer.id());
      Object key = owner == null ? null : key(owner, timer.slot());
      if (owner == null || key != null || !dropping) {
        timers.add(new Pending.Timer<>(timer.id(), owner, timer.slot(), key, timer.event()));
      }
    }
    List<Pending.Activity<S, C>> activities = new ArrayList<>();
    for (Recorded.Activity activity : recorded.activities()) {
      Node<S, C> owner = find(activity.state(), "activity " + activity.id());
      ActivitySpec<C> spec = spec(owner, activity.name());
      if (spec != null || !dropping) {
        activities.add(new Pending.Activity<>(activity.id(), owner, activity.name(), spec));
      }
    }
    return new Pending<>(List.copyOf(timers), List.copyOf(activities), recorded.entries());
  }

  private static <S, C> @Nullable ActivitySpec<C> spec(Node<S, C> owner, String name) {
    for (ActivitySpec<C> spec : owner.activities) {
      if (spec.name.equals(name)) {
        return spec;
      }
    }
    return null;
  }

  private static <S, C> @Nullable Object key(Node<S, C> owner, String slot) {
    for (AfterSpec<C> after : owner.afters) {
      if (after.slot().equals(slot)) {
        return after;
      }
    }
    for (ActivitySpec<C> spec : owner.activities) {
      if (spec.timeoutSlot().equals(slot)) {
        return spec;
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private C migrated(Object context) {
    Object migrated = context;
    for (int version = recorded.version(); version < chart.version; version++) {
      MachineBuilder.Migration migration = evolution.migrations().get(version);
      if (migration != null) {
        if (!migration.type().isInstance(migrated)) {
          throw Errors.wrongContext(recorded, version, migration.type(), migrated);
        }
        migrated = migration.step().apply(migrated);
      }
    }
    Class<?> type = evolution.contextType();
    if (type != null && !type.isInstance(migrated)) {
      throw Errors.wrongContext(recorded, recorded.version(), type, migrated);
    }
    // Without a declared contextType the caller vouches for the context, as it does for what
    // start(context) is given.
    return (C) migrated;
  }
}
