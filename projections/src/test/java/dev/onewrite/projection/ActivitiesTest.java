package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Activity;
import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to the outside: after the commit, with one key, and one result. */
final class ActivitiesTest {

  enum Phase {
    EDITING,
    SAVING,
    SAVED,
    FAILED
  }

  record Draft(String text, String receipt) {}

  record SaveForm(String text) {}

  record Saved(String receipt) {}

  sealed interface FormEvent {}

  record Save(String text) implements FormEvent {}

  record GiveUp() implements FormEvent {}

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
                                  Save.class,
                                  t ->
                                      t.target(Phase.SAVING)
                                          .assign((d, e) -> new Draft(e.text(), "")))
                              .forbid(GiveUp.class))
                  .state(
                      Phase.SAVING,
                      s ->
                          s.invoke(
                                  "save",
                                  draft -> new SaveForm(draft.text()),
                                  i ->
                                      i.onDone(
                                              Saved.class,
                                              t ->
                                                  t.target(Phase.SAVED)
                                                      .assign(
                                                          (d, r) ->
                                                              new Draft(d.text(), r.receipt())))
                                          .onError(t -> t.target(Phase.FAILED)))
                              .on(GiveUp.class, t -> t.target(Phase.EDITING)))
                  .finalState(Phase.SAVED)
                  .state(Phase.FAILED, s -> s.on(GiveUp.class, t -> t.target(Phase.EDITING))));

  sealed interface FormMessage {}

  record Submit(String text) implements FormMessage {}

  record Abandon() implements FormMessage {}

  record Look() implements FormMessage {}

  record Seen(String phase, String receipt) {}

  static Component<FormMessage> form(Activity<SaveForm, Saved> save, int attempts) {
    return form(
        save,
        new Activity.Policy(
            attempts, Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(5)));
  }

  static Component<FormMessage> form(Activity<SaveForm, Saved> save, Activity.Policy policy) {
    return Component.define("form", FormMessage.class)
        .machine(MACHINE)
        .on(Submit.class, (turn, submit) -> turn.machine().send(new Save(submit.text())))
        .on(Abandon.class, (turn, abandon) -> turn.machine().send(new GiveUp()))
        .answer(Look.class, (view, look) -> new Seen(view.state().name(), view.context().receipt()))
        .activity("save", SaveForm.class, Saved.class, save, policy)
        .build();
  }

  @TempDir Path directory;

  @Test
  void invoke_ofAState_showsSavingThenSaved() throws Exception {
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Component<FormMessage> form =
        form(
            (call, input) -> {
              calling.countDown();
              answer.await();
              return new Saved("receipt of " + input.text());
            },
            1);

    try (Onewrite onewrite = node(form)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      one.tell(new Submit("a")).toCompletableFuture().join();
      assertTrue(calling.await(10, TimeUnit.SECONDS));
      assertEquals(new Seen("SAVING", ""), look(one));
      answer.countDown();

      Await.until("saved", () -> look(one).equals(new Seen("SAVED", "receipt of a")));
      assertEquals(2, onewrite.history(one.address()).size());
    }
  }

  @Test
  void invoke_thatFailsAndThenSucceeds_isTriedWithOneKey() {
    List<String> keys = new CopyOnWriteArrayList<>();
    Component<FormMessage> form =
        form(
            (call, input) -> {
              keys.add(call.idempotencyKey());
              if (call.attempt() < 4) {
                throw new IllegalStateException("attempt " + call.attempt());
              }
              return new Saved("r");
            },
            5);

    try (Onewrite onewrite = node(form)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      one.tell(new Submit("a")).toCompletableFuture().join();

      Await.until("saved", () -> look(one).phase().equals("SAVED"));
      assertEquals(4, keys.size());
      assertEquals(1, keys.stream().distinct().count());
    }
  }

  @Test
  void invoke_thatFailsForGood_takesTheErrorTransition() {
    Component<FormMessage> form =
        form(
            (call, input) -> {
              throw new IllegalStateException("never");
            },
            3);

    try (Onewrite onewrite = node(form)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      one.tell(new Submit("a")).toCompletableFuture().join();

      Await.until("failed", () -> look(one).phase().equals("FAILED"));
    }
  }

  @Test
  void result_ofAStateThatWasLeft_isVoid() throws Exception {
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Component<FormMessage> form =
        form(
            (call, input) -> {
              if (input.text().equals("slow")) {
                calling.countDown();
                answer.await();
              }
              return new Saved("receipt of " + input.text());
            },
            1);

    try (Onewrite onewrite = node(form)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      one.tell(new Submit("slow")).toCompletableFuture().join();
      assertTrue(calling.await(10, TimeUnit.SECONDS));
      one.tell(new Abandon()).toCompletableFuture().join();
      one.tell(new Submit("quick")).toCompletableFuture().join();

      Await.until("saved", () -> look(one).phase().equals("SAVED"));
      answer.countDown();
      one.tell(new Abandon()).toCompletableFuture().join();
      assertEquals(new Seen("SAVED", "receipt of quick"), look(one));
    }
  }

  @Test
  void invoke_whoseProcessEndedDuringTheCall_isCalledAgainWithTheSameKey() throws Exception {
    List<String> keys = new CopyOnWriteArrayList<>();
    CountDownLatch calling = new CountDownLatch(1);
    Component<FormMessage> hanging =
        form(
            (call, input) -> {
              keys.add(call.idempotencyKey());
              calling.countDown();
              new CountDownLatch(1).await();
              return new Saved("never");
            },
            1);
    try (Onewrite onewrite = node(hanging)) {
      onewrite.ref(hanging, "1").tell(new Submit("a")).toCompletableFuture().join();
      assertTrue(calling.await(10, TimeUnit.SECONDS));
    }

    Component<FormMessage> form =
        form(
            (call, input) -> {
              keys.add(call.idempotencyKey());
              return new Saved("r");
            },
            1);
    try (Onewrite onewrite = node(form)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      Await.until("saved", () -> look(one).phase().equals("SAVED"));
      assertEquals(2, keys.size());
      assertEquals(keys.get(0), keys.get(1));
    }
  }

  record Ask(String question) {}

  record Told(String answer) {}

  record Known(List<String> answers) {

    Known with(String answer) {
      List<String> all = new java.util.ArrayList<>(answers);
      all.add(answer);
      return new Known(all);
    }
  }

  sealed interface ScholarMessage {}

  record Study(String question) implements ScholarMessage {}

  record Recite() implements ScholarMessage {}

  @Test
  void invoke_ofAHandler_bringsResultAndFailureToTheirHandlers() {
    Component<ScholarMessage> scholar =
        Component.define("scholar", ScholarMessage.class)
            .context(() -> new Known(List.of()))
            .on(Study.class, (turn, study) -> turn.invoke("look-up", new Ask(study.question())))
            .onResult(Told.class, (turn, told) -> turn.assign(k -> k.with(told.answer())))
            .onResult(
                ActivityFailed.class,
                (turn, failed) -> turn.assign(k -> k.with(failed.activity() + " failed")))
            .answer(Recite.class, (view, recite) -> view.context())
            .activity(
                "look-up",
                Ask.class,
                Told.class,
                (call, ask) -> {
                  if (ask.question().isEmpty()) {
                    throw new IllegalArgumentException("nothing was asked");
                  }
                  return new Told("answer to " + ask.question());
                },
                new Activity.Policy(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5)))
            .build();

    try (Onewrite onewrite = node(scholar)) {
      Ref<ScholarMessage> one = onewrite.ref(scholar, "1");
      one.tell(new Study("why")).toCompletableFuture().join();
      Await.until("known", () -> recite(one).size() == 1);
      one.tell(new Study("")).toCompletableFuture().join();

      Await.until("both", () -> recite(one).size() == 2);
      assertEquals(List.of("answer to why", "look-up failed"), recite(one));
    }
  }

  static List<String> recite(Ref<ScholarMessage> scholar) {
    return scholar.ask(new Recite(), Known.class).toCompletableFuture().join().answers();
  }

  private Onewrite node(Component<?> component) {
    return Onewrite.builder().component(component).directory(directory).start();
  }

  static Seen look(Ref<FormMessage> form) {
    return form.ask(new Look(), Seen.class).toCompletableFuture().join();
  }
}
