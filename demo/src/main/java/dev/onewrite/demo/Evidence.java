package dev.onewrite.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What forms, audits, registry and journal say after a run, whatever was done to it meanwhile.
 *
 * @param refusals requests that were refused for good
 */
record Evidence(
    Findings findings, RegistryServer.Seen registry, JournalRows rows, List<String> refusals) {

  /** Each step that was answered is a turn of a form, each event heard a turn of an audit. */
  private int turns() {
    return findings.turns() + findings.events();
  }

  /** Why the run has not passed, the gravest first. */
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
    return reasons;
  }

  /** What became of the forms. */
  Table tell(Table table) {
    return table
        .row(
            "saved",
            findings.saved(),
            "the registry saved %,d, knew %,d calls by their key, failed %,d on purpose"
                .formatted(registry.saves(), registry.repeats(), registry.failures()))
        .row("audited", findings.audited(), "%,d events heard".formatted(findings.events()))
        .row("lost", findings.lost(), "")
        .row("doubled", findings.doubled(), "")
        .row("out of order", findings.outOfOrder(), "");
  }

  Table tellRows(Table table) {
    return table.row(
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
