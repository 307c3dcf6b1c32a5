package dev.onewrite.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** All that a run of the story found out: as a table, and as passed or not. */
record Verdict(int malformed, int planned, Evidence evidence, Story.Outcome outcome) {

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Why it has not passed, the gravest first. */
  List<String> reasons() {
    List<String> reasons = evidence.reasons();
    if (outcome.killed() == 0 && planned > 0) {
      reasons.add("none of %d kills came, for want of work: give it more forms".formatted(planned));
    }
    return reasons;
  }

  Table table() {
    Findings findings = evidence.findings();
    Table table =
        new Table()
            .row("forms", findings.forms(), "%,d malformed lines left out".formatted(malformed))
            .row(
                "answered",
                findings.answered(),
                "%,d requests; %,d sent again after a kill, %,d after a failed save"
                    .formatted(
                        findings.turns(), outcome.resentAfterKill(), outcome.resentAfterFailure()));
    evidence.tell(table);
    table
        .row("kills", outcome.killed(), kinds() + unmet())
        .row(
            "slowest recovery",
            "%.2f s".formatted(outcome.slowestRecoveryNanos() / SECOND),
            "from a kill to the first answer after it");
    return evidence.tellRows(table);
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
