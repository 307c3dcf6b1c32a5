package dev.onewrite.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs one case on virtual time. What happens to the snapshot between two steps is up to {@link
 * Between}.
 */
final class CaseRun {
  /** What to do with a step before the next one: keep it, store and load it, recover it. */
  @FunctionalInterface
  interface Between {
    Snapshot<String, CaseContext> pass(Step<String, CaseContext, CaseEvent> step);
  }

  /** How a step is computed: once, or twice. */
  @FunctionalInterface
  interface Compute {
    Step<String, CaseContext, CaseEvent> step();
  }

  private record Due(String id, long at, long order) {}

  private final JsonNode document;
  private final Machine<String, CaseContext, CaseEvent> machine;
  private final Between between;
  private final boolean twice;
  private final List<Due> timers = new ArrayList<>();
  private Snapshot<String, CaseContext> snapshot;
  private long clock;
  private long order;

  CaseRun(
      JsonNode document,
      Machine<String, CaseContext, CaseEvent> machine,
      Between between,
      boolean twice) {
    this.document = document;
    this.machine = machine;
    this.between = between;
    this.twice = twice;
  }

  void run() {
    step(machine::start);
    assertEquals(set(document.get("initialConfiguration")), leaves(), "at the start");
    int number = 0;
    for (JsonNode step : document.get("steps")) {
      number++;
      advance(clock + step.path("afterMs").asLong());
      if (step.hasNonNull("event")) {
        CaseEvent event = new CaseEvent(step.get("event").asText());
        step(() -> machine.transition(snapshot, event, now()));
      }
      assertEquals(set(step.get("expected")), leaves(), "after step " + number + ": " + step);
    }
  }

  private void advance(long until) {
    Due next = next(until);
    while (next != null) {
      Due due = next;
      timers.remove(due);
      clock = Math.max(clock, due.at());
      step(() -> machine.fire(snapshot, due.id(), now()));
      next = next(until);
    }
    clock = until;
  }

  private Due next(long until) {
    return timers.stream()
        .filter(due -> due.at() <= until)
        .min(Comparator.comparingLong(Due::at).thenComparingLong(Due::order))
        .orElse(null);
  }

  private void step(Compute compute) {
    Step<String, CaseContext, CaseEvent> step = compute.step();
    if (twice) {
      assertEquals(step, compute.step(), "the same step, computed again");
    }
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.TimerStarted started) {
        timers.add(new Due(started.id(), clock + started.delay().toMillis(), order++));
      } else if (effect instanceof Effect.TimerCancelled cancelled) {
        timers.removeIf(due -> due.id().equals(cancelled.id()));
      }
    }
    snapshot = between.pass(step);
  }

  private Instant now() {
    return Instant.EPOCH.plusMillis(clock);
  }

  private Set<String> leaves() {
    assertEquals(snapshot.leaves().size(), new HashSet<>(snapshot.leaves()).size());
    return new TreeSet<>(snapshot.leaves());
  }

  private static Set<String> set(JsonNode list) {
    Set<String> set = new TreeSet<>();
    list.forEach(text -> set.add(text.asText()));
    return set;
  }
}
