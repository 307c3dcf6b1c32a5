package dev.onewrite.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All that a run on several nodes found out: as a table, and as passed or not. */
record FleetVerdict(List<Outage> planned, Evidence evidence, FleetOutcome outcome) {

  /** 15 s: what the project promises for the entities of a killed node. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Why it has not passed, the gravest first. */
  List<String> reasons() {
    List<String> reasons = evidence.reasons();
    if (outcome.backAfterKillNanos() > BACK_WITHIN.toNanos()) {
      reasons.add(
          "after a kill the entities of the node were away for %.1f s, %d s are promised"
              .formatted(outcome.backAfterKillNanos() / SECOND, BACK_WITHIN.toSeconds()));
    }
    if (outcome.outages() != planned.size()) {
      reasons.add("only %d of %d outages came".formatted(outcome.outages(), planned.size()));
    }
    return reasons;
  }

  Table table() {
    Findings findings = evidence.findings();
    Table table =
        new Table()
            .row("forms", findings.forms(), "")
            .row(
                "answered",
                findings.answered(),
                "%,d requests; %,d went to another node, %,d failed and were tried again, %,d refused"
                    .formatted(
                        findings.turns(),
                        outcome.resentSteps(),
                        outcome.retriedSteps(),
                        evidence.refusals().size()));
    evidence.tell(table);
    table
        .row(
            "nodes killed",
            outcome.nodesKilled(),
            "the slowest was missed for %.2f s, until the last of its entities had answered"
                .formatted(outcome.backAfterKillNanos() / SECOND))
        .row(
            "nodes stalled",
            outcome.nodesStalled(),
            "given up by the others; its entities were back after %.2f s"
                .formatted(outcome.backAfterStallNanos() / SECOND))
        .row(
            "database killed",
            outcome.databasesKilled(),
            "answers again %.2f s after its new start, at the longest"
                .formatted(outcome.backAfterDatabaseNanos() / SECOND))
        .row("nodes replaced", outcome.nodesReplaced(), "one after the other, under load")
        .row("entities probed", outcome.probed(), "that lived on a node when it fell");
    return evidence.tellRows(table);
  }
}
