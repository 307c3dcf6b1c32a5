package dev.onewrite.demo;

import dev.onewrite.component.Component;
import dev.onewrite.demo.AuditMessage.ReadTrail;

/** The component {@code audit}: hears of each revision of each form of its department's share. */
final class Audit {

  /**
   * 4. With the departments of {@code forms.jsonl} some 48 audit entities, with several forms each,
   * so that senders mix at each receiver; and with as many forms as an intake takes ({@value
   * Intake#FORMS_MAX}), all of one department, a trail stays under the payload limit.
   */
  private static final int SHARES = 4;

  static final Component<AuditMessage> COMPONENT =
      Component.define("audit", AuditMessage.class)
          .context(Trail::empty)
          .subscribe(
              FormEdited.class,
              event -> ledgerOf(event.department(), event.form()),
              (turn, event) -> turn.assign(trail -> trail.and(event.form(), event.revision())))
          .subscribe(
              FormSubmitted.class,
              event -> ledgerOf(event.department(), event.form()),
              (turn, event) -> turn.assign(trail -> trail.and(event.form(), event.revision())))
          .answer(ReadTrail.class, (view, question) -> view.context())
          .build();

  private Audit() {}

  /** The audit entity that hears of {@code form}; the same one for all its events. */
  static String ledgerOf(String department, String form) {
    return department + "-" + Math.floorMod(form.hashCode(), SHARES);
  }
}
