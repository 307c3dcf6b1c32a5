package dev.onewrite.demo.web;

import dev.onewrite.component.Component;
import dev.onewrite.demo.Content;
import dev.onewrite.demo.Registry;
import dev.onewrite.machine.Machine;

/**
 * The page's form. Save is two commits: the text and that it is being saved; then, when the
 * registry has answered, that it is saved. In between the process may die as often as it likes.
 */
final class SavedForms {

  static final Machine<Stage, FormState, FormEvent> MACHINE =
      Machine.define(
          "form",
          Stage.class,
          FormEvent.class,
          FormState::empty,
          m ->
              m.initial(Stage.EDITING)
                  .state(
                      Stage.EDITING,
                      s ->
                          s.on(
                              FormEvent.SaveAsked.class,
                              t -> t.target(Stage.SAVING).assign((form, asked) -> form.and(asked))))
                  .state(
                      Stage.SAVING,
                      s ->
                          s.on(
                                  FormEvent.SaveAsked.class,
                                  t -> t.assign((form, asked) -> form.and(asked)))
                              .invoke(
                                  "save",
                                  FormState::next,
                                  i ->
                                      i.onDone(
                                              Receipt.class,
                                              t ->
                                                  t.when("more wait", f -> f.waiting().size() > 1)
                                                      .target(Stage.SAVING)
                                                      .emit(SavedForms::saved)
                                                      .assign(
                                                          (form, receipt) -> form.saved(receipt))
                                                      .reenter())
                                          .onDone(
                                              Receipt.class,
                                              t ->
                                                  t.target(Stage.SAVED)
                                                      .emit(SavedForms::saved)
                                                      .assign(
                                                          (form, receipt) -> form.saved(receipt)))
                                          .onError(
                                              t ->
                                                  t.target(Stage.EDITING)
                                                      .assign(
                                                          (form, failure) ->
                                                              form.inTrouble(failure.message())))))
                  .state(
                      Stage.SAVED,
                      s ->
                          s.on(
                              FormEvent.SaveAsked.class,
                              t ->
                                  t.target(Stage.SAVING)
                                      .assign((form, asked) -> form.and(asked)))));

  private SavedForms() {}

  private static FormSaved saved(FormState form, Receipt receipt) {
    return new FormSaved(
        form.form(), form.next().number(), form.next().subject(), receipt.number());
  }

  static Component<Save> component(Registry registry) {
    return Component.define("form", Save.class)
        .machine(MACHINE)
        .on(
            Save.class,
            (turn, save) -> {
              turn.machine()
                  .send(
                      new FormEvent.SaveAsked(turn.self().entityId(), save.subject(), save.text()));
              turn.reply(new Save.Noted(turn.machine().context().shown().number()));
            })
        .activity(
            "save",
            Revision.class,
            Receipt.class,
            (call, revision) ->
                new Receipt(
                    registry.save(
                        call.entity().entityId() + " revision " + revision.number(),
                        new Content("", revision.subject(), 0, revision.text()),
                        call.idempotencyKey())))
        .build();
  }
}
