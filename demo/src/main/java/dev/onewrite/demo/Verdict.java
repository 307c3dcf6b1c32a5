package dev.onewrite.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** All that a run of the story found out: as a table, and as passed or not. */
record Verdict(
    int malformed,
    int planned,
    Findings findings,
    Story.Outcome outcome,
    RegistryServer.Seen registry,
    JournalRows rows,
    List<String> refusals) {

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Each step that was answered is a turn of a form, each event heard a turn of an audit. */
  private int turns() {
    return findings.turns() + findings.events();
  }

  /** Lost, doubled and out of order are 0, and there is nothing that would make that worthless. */
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
    if (outcome.killed() == 0 && planned > 0) {
      reasons.add("none of %d kills came, for want of work: give it more forms".formatted(planned));
    }
    return reasons;
  }

  Table table() {
    return new Table()
        .row("forms", findings.forms(), "%,d malformed lines left out".formatted(malformed))
        .row(
            "answered",
            findings.answered(),
            "%,d requests; %,d sent again after a kill, %,d after a failed save"
                .formatted(
                    findings.turns(), outcome.resentAfterKill(), outcome.resentAfterFailure()))
        .row(
            "saved",
            findings.saved(),
            "the registry saved %,d, knew %,d calls by their key, failed %,d on purpose"
                .formatted(registry.saves(), registry.repeats(), registry.failures()))
        .row("audited", findings.audited(), "%,d events heard".formatted(findings.events()))
        .row("lost", findings.lost(), "")
        .row("doubled", findings.doubled(), "")
        .row("out of order", findings.outOfOrder(), "")
        .row("kills", outcome.killed(), kinds() + unmet())
        .row(
            "slowest recovery",
            "%.2f s".formatted(outcome.slowestRecoveryNanos() / SECOND),
            "from a kill to the first answer after it")
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

  private String kinds() {
    List<String> kinds = new ArrayList<>();
    new TreeMap<>(outcome.kills()).forEach((name, count) -> kinds.add(count + " " + name));
    return String.join(", ", kinds);
  }

  private String unmet() {
    int unmet = planned - outcome.killed();
    return unmet == 0 ? "" : "; %d more found no work left to interrupt".formatted(unmet);
  }
}
