package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.rig.Counters.Count;
import java.util.List;

/** What a run came to. */
record Outcome(Plan plan, Campaign.Record record, Comparison comparison, List<String> wrongs) {

  static Outcome of(Stage stage, Plan plan) throws Exception {
    System.out.printf(
        "rig: seed %d, %d programs, %d faults%n",
        plan.seed(), plan.programs(), plan.faults().size());
    long began = System.nanoTime();

    Campaign.Record record = new Campaign(plan, stage).run();
    Expectation expectation = new Expectation(new Programs(plan.seed(), plan.programs()));
    Comparison comparison = new Comparison(stage, expectation, record.resentAt());
    Outcome outcome = new Outcome(plan, record, comparison, comparison.wrongs());

    System.out.printf(
        "rig: seed %d: %d of %d steps done, %d refusals, %d ambiguous commits, %d kills with writes"
            + " in flight, %s, %s, %d missed, %d s%n",
        plan.seed(),
        comparison.done(),
        expectation.done(),
        comparison.refused(),
        comparison.ambiguous(),
        record.killsInFlight(),
        record.counted(),
        record.struck(),
        record.missed(),
        (System.nanoTime() - began) / 1_000_000_000);
    return outcome;
  }

  /** The first of what is wrong is enough to look into. */
  void assertAsItMust() {
    assertEquals(List.of(), wrongs.subList(0, Math.min(20, wrongs.size())), "seed " + plan.seed());
  }

  /** Faults that meet nothing prove nothing. */
  void assertBitten() {
    String seed = "; seed " + plan.seed();
    assertTrue(comparison.ambiguous() > 0, "no commit was ambiguous" + seed);
    assertTrue(dropped() > 0, "no redelivery was dropped" + seed);
    assertTrue(record.killsInFlight() > 0, "no kill met a write" + seed);
    assertTrue(comparison.refused() > 0, "nothing was refused for good" + seed);
    assertTrue(
        record.missed() * 2 <= plan.faults().size(), record.missed() + " faults missed" + seed);
  }

  long dropped() {
    return record.counted().get(Count.DROPPED);
  }
}
