package dev.onewrite.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All that a run on several nodes found out: as a table, and as passed or not. */
record FleetVerdict(
    List<Outage> planned,
    Findings findings,
    FleetOutcome outcome,
    RegistryServer.Seen registry,
    JournalRows rows,
    List<String> refusals) {

  /** 15 s: what the project promises for the entities of a killed node. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private int turns() {
    return findings.turns() + findings.events();
  }

  boolean passed() {
    return reasons().isEmpty();
  }

  /** Why it has not passed, the gravest first. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>(findings.details());
    if (!findings.clean() && reasons.isEmpty()) {
      reasons.add("not every form was answered");
    }
    reasons.addAll(refusals);
    if (rows.journal() != turns()) {
      reasons.add(
          "the journal has %,d rows; %,d turns were journaled".formatted(rows.journal(), turns()));
    }
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
    return new Table()
        .row("forms", findings.forms(), "")
        .row(
            "answered",
            findings.answered(),
            "%,d requests; %,d went to another node, %,d failed and were tried again, %,d refused"
                .formatted(
                    findings.turns(),
                    outcome.resentSteps(),
                    outcome.retriedSteps(),
                    refusals.size()))
        .row(
            "saved",
            findings.saved(),
            "the registry saved %,d, knew %,d calls by their key, failed %,d on purpose"
                .formatted(registry.saves(), registry.repeats(), registry.failures()))
        .row("audited", findings.audited(), "%,d events heard".formatted(findings.events()))
        .row("lost", findings.lost(), "")
        .row("doubled", findings.doubled(), "")
        .row("out of order", findings.outOfOrder(), "")
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
        .row("entities probed", outcome.probed(), "that lived on a node when it fell")
        .row(
            "journal rows",
            "%,d".formatted(rows.journal()),
            "%s %,d turns; beside them %,d snapshots, %,d offset rows in all"
                .formatted(
                    rows.journal() == turns() ? "=" : "not",
                    turns(),
                    rows.snapshots(),
                    rows.offsets()));
  }
}
