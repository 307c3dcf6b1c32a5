package dev.onewrite.docs;

// snippet: quickstart
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class Quickstart {

  // What a form is: its states, its context, the events that move it.

  enum Phase {
    EDITING,
    SAVING,
    SAVED
  }

  record Draft(String data, String receipt) {}

  sealed interface FormEvent {}

  record SaveStarted(String data) implements FormEvent {}

  record SaveSucceeded(String receipt) implements FormEvent {}

  static final Machine<Phase, Draft, FormEvent> MACHINE =
      Machine.define(
          "form",
          Phase.class,
          FormEvent.class,
          () -> new Draft("", ""),
          m ->
              m.initial(Phase.EDITING)
                  .state(
                      Phase.EDITING,
                      s ->
                          s.on(
                              SaveStarted.class,
                              t ->
                                  t.target(Phase.SAVING).assign((d, e) -> new Draft(e.data(), ""))))
                  .state(
                      Phase.SAVING,
                      s ->
                          s.on(
                                  SaveSucceeded.class,
                                  t ->
                                      t.target(Phase.SAVED)
                                          .assign((d, e) -> new Draft(d.data(), e.receipt())))
                              .after(Duration.ofSeconds(30), t -> t.target(Phase.EDITING)))
                  .finalState(Phase.SAVED));

  // What it takes from outside, what it replies, and what it tells the world.

  sealed interface FormMessage {}

  record SubmitForm(String data) implements FormMessage {}

  record Accepted(String receipt) {}

  record FormSubmitted(String receipt, String data) {}

  /** The outside service. It may be called twice; with one key it saves once. */
  interface Backend {
    String save(String data, String idempotencyKey);
  }

  static Component<FormMessage> form(Backend backend) {
    return Component.define("form", FormMessage.class)
        .machine(MACHINE)
        .strict() // an event the machine does not take fails the turn: a form is saved once
        .onBlocking(
            SubmitForm.class,
            (turn, submit) -> {
              turn.machine().send(new SaveStarted(submit.data()));
              String receipt = backend.save(submit.data(), turn.idempotencyKey());
              turn.emit(new FormSubmitted(receipt, submit.data()));
              turn.machine().send(new SaveSucceeded(receipt));
              turn.reply(new Accepted(receipt));
            })
        .build();
  }

  // Another component that hears of it. It has no machine, only a context.

  sealed interface AuditMessage {}

  record WhatWasAudited() implements AuditMessage {}

  record Audited(List<String> receipts) {

    Audited with(String receipt) {
      List<String> all = new ArrayList<>(receipts);
      all.add(receipt);
      return new Audited(all);
    }
  }

  static final Component<AuditMessage> AUDIT =
      Component.define("audit", AuditMessage.class)
          .context(() -> new Audited(List.of()))
          .subscribe(
              FormSubmitted.class,
              event -> "forms",
              (turn, event) -> turn.assign(audited -> audited.with(event.receipt())))
          .answer(WhatWasAudited.class, (view, question) -> view.context())
          .build();

  // One process, an embedded store, nothing to set up. A call whose outcome is unknown is made
  // again with the same request id ("submit-1"): the recorded reply comes back.

  static String submit(Path directory, Backend backend) {
    Component<FormMessage> forms = form(backend);
    try (Onewrite onewrite =
        Onewrite.builder().component(forms).component(AUDIT).directory(directory).start()) {
      Ref<FormMessage> form = onewrite.ref(forms, "form-42");
      return form.ask(new SubmitForm("hello"), Accepted.class, "submit-1")
          .toCompletableFuture()
          .join()
          .receipt();
    }
  }

  public static void main(String[] arguments) {
    System.out.println(submit(Path.of("quickstart-data"), (data, key) -> "receipt for " + data));
  }
}
// end
