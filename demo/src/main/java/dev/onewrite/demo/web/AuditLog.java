package dev.onewrite.demo.web;

import dev.onewrite.component.Component;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hears of each form that is saved. What came twice would be here twice: nothing is put right.
 *
 * @param entries the newest last
 * @param total how many there ever were
 */
record AuditLog(List<FormSaved> entries, int total) {

  /** 50: a page. */
  private static final int ENTRIES_MAX = 50;

  /** The one log there is. */
  static final String ID = "log";

  static final Component<Void> COMPONENT =
      Component.define("audit", Void.class)
          .context(() -> new AuditLog(List.of(), 0))
          .subscribe(
              FormSaved.class, saved -> ID, (turn, saved) -> turn.assign(log -> log.and(saved)))
          .build();

  AuditLog {
    entries = List.copyOf(entries);
  }

  private AuditLog and(FormSaved saved) {
    List<FormSaved> all = Stream.concat(entries.stream(), Stream.of(saved)).toList();
    return new AuditLog(all.subList(Math.max(0, all.size() - ENTRIES_MAX), all.size()), total + 1);
  }
}
