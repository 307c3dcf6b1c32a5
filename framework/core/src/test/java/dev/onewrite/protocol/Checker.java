package dev.onewrite.protocol;

import dev.onewrite.protocol.Successors.Invariant;
import dev.onewrite.protocol.Successors.Next;
import dev.onewrite.protocol.Successors.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Visits every state there is, the nearest first; so what it finds broken it finds shortest. */
final class Checker {

  private final Model model;
  private final Set<Invariant> asked;
  private final int statesMax;
  private final Visited visited = new Visited();

  /** What it found: no violation means that all states were visited. */
  record Result(long states, int depth, @Nullable Violation violation, List<String> trace) {
    @Override
    public String toString() {
      if (violation == null) {
        return states + " states, " + depth + " steps deep, nothing broken";
      }
      StringBuilder text = new StringBuilder();
      text.append(violation.invariant()).append(": ").append(violation.how());
      for (int i = 0; i < trace.size(); i++) {
        text.append(System.lineSeparator()).append("  ").append(i + 1).append(". ");
        text.append(trace.get(i));
      }
      return text.toString();
    }
  }

  Checker(Model model, Set<Invariant> asked, int statesMax) {
    this.model = model;
    this.asked = asked;
    this.statesMax = statesMax;
  }

  /**
   * A state that is still to be gone on from.
   *
   * @param number in the order visited
   */
  private record Open(World world, int number) {}

  Result run() {
    World initial = model.initial();
    visited.add(initial.print(model.scenario), -1, 0);
    List<Open> level = List.of(new Open(initial, 0));
    int depth = 0;
    while (!level.isEmpty()) {
      List<Open> deeper = new ArrayList<>();
      for (Open open : level) {
        Result broken = expand(open, depth, deeper);
        if (broken != null) {
          return broken;
        }
      }
      level = deeper;
      depth++;
    }
    return new Result(visited.size(), depth, null, List.of());
  }

  private @Nullable Result expand(Open open, int depth, List<Open> deeper) {
    boolean atRest = true;
    List<Next> all = model.after(open.world()).all;
    Fingerprint self = open.world().print(model.scenario);
    for (int choice = 0; choice < all.size(); choice++) {
      Next next = all.get(choice);
      if (isAsked(next.violation())) {
        return broken(open.number(), choice, next.violation(), depth + 1);
      }
      Fingerprint print = next.world().print(model.scenario);
      boolean same = print.high() == self.high() && print.low() == self.low();
      atRest &= same || !next.progress();
      if (!same && visited.add(print, open.number(), choice)) {
        if (visited.size() > statesMax) {
          throw new IllegalStateException("more than " + statesMax + " states: " + model.scenario);
        }
        Violation violation = model.broken(next.world());
        if (isAsked(violation)) {
          return broken(open.number(), choice, violation, depth + 1);
        }
        deeper.add(new Open(next.world(), visited.size() - 1));
      }
    }
    Violation violation = atRest ? model.brokenAtRest(open.world()) : null;
    return isAsked(violation) ? broken(open.number(), -1, violation, depth) : null;
  }

  private boolean isAsked(@Nullable Violation violation) {
    return violation != null && asked.contains(violation.invariant());
  }

  private Result broken(int number, int choice, @Nullable Violation violation, int depth) {
    List<Integer> choices = new ArrayList<>();
    if (choice >= 0) {
      choices.add(choice);
    }
    for (int at = number; visited.parent(at) >= 0; at = visited.parent(at)) {
      choices.add(visited.choice(at));
    }
    Collections.reverse(choices);
    List<String> trace = new ArrayList<>();
    World world = model.initial();
    for (int taken : choices) {
      Next next = model.after(world).all.get(taken);
      trace.add(next.what().get());
      world = next.world();
    }
    return new Result(visited.size(), depth, violation, trace);
  }
}
