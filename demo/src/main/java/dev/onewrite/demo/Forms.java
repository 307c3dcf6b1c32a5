package dev.onewrite.demo;

import dev.onewrite.component.Component;
import dev.onewrite.component.Turn;
import dev.onewrite.demo.FormEvent.DraftChanged;
import dev.onewrite.demo.FormEvent.SaveStarted;
import dev.onewrite.demo.FormEvent.SaveSucceeded;
import dev.onewrite.demo.FormMessage.Accepted;
import dev.onewrite.demo.FormMessage.EditForm;
import dev.onewrite.demo.FormMessage.FormStatus;
import dev.onewrite.demo.FormMessage.Noted;
import dev.onewrite.demo.FormMessage.ReadForm;
import dev.onewrite.demo.FormMessage.SubmitForm;
import dev.onewrite.machine.Machine;
import java.io.IOException;
import java.time.Duration;

/**
 * The component {@code form}: edited a few times, then saved at the registry, once.
 *
 * <pre>
 *   EDITING ──SaveStarted──▶ SAVING ──SaveSucceeded──▶ SAVED
 *    │  ▲ │                    │
 *    │  └─┘ DraftChanged       │
 *    └◀──────── 30 s ──────────┘
 * </pre>
 *
 * <p>It is strict: a form that is saved refuses further drafts. Nothing here deals with crashes,
 * retries or duplicates.
 */
final class Forms {

  static final Machine<Phase, Draft, FormEvent> MACHINE =
      Machine.define(
          "form",
          Phase.class,
          FormEvent.class,
          Draft::empty,
          m ->
              m.initial(Phase.EDITING)
                  .state(
                      Phase.EDITING,
                      s ->
                          s.on(
                                  DraftChanged.class,
                                  t -> t.assign((draft, e) -> draft.with(e.text())))
                              .on(
                                  SaveStarted.class,
                                  t ->
                                      t.target(Phase.SAVING)
                                          .assign((draft, e) -> draft.with(e.text()))))
                  .state(
                      Phase.SAVING,
                      s ->
                          s.on(
                                  SaveSucceeded.class,
                                  t ->
                                      t.target(Phase.SAVED)
                                          .assign((draft, e) -> draft.savedAs(e.receipt())))
                              .after(Duration.ofSeconds(30), t -> t.target(Phase.EDITING)))
                  .finalState(Phase.SAVED));

  private Forms() {}

  /**
   * The component.
   *
   * @param node told to who asks for a form's status: where the form lives just now
   */
  static Component<FormMessage> saving(Registry registry, String node) {
    return Component.define("form", FormMessage.class)
        .machine(MACHINE)
        .strict()
        .on(EditForm.class, Forms::edit)
        .onBlocking(SubmitForm.class, (turn, submit) -> save(registry, turn, submit))
        .answer(
            ReadForm.class,
            (view, question) ->
                new FormStatus(
                    view.state(),
                    view.context().revision(),
                    view.context().text(),
                    view.context().receipt(),
                    node))
        .build();
  }

  private static void edit(Turn<Phase, Draft, FormEvent> turn, EditForm edit) {
    turn.machine().send(new DraftChanged(edit.text()));
    int revision = turn.machine().context().revision();
    turn.emit(new FormEdited(turn.self().entityId(), edit.department(), revision));
    turn.reply(new Noted(revision));
  }

  private static void save(Registry registry, Turn<Phase, Draft, FormEvent> turn, SubmitForm submit)
      throws IOException {
    String form = turn.self().entityId();
    turn.machine().send(new SaveStarted(submit.content().text()));
    String receipt = registry.save(form, submit.content(), turn.idempotencyKey());
    int revision = turn.machine().context().revision();
    turn.emit(new FormSubmitted(form, submit.department(), revision, receipt));
    turn.machine().send(new SaveSucceeded(receipt));
    turn.reply(new Accepted(revision, receipt));
  }
}
