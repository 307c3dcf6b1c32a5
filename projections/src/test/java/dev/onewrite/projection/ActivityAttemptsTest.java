package dev.onewrite.projection;

import static dev.onewrite.projection.ActivitiesTest.form;
import static dev.onewrite.projection.ActivitiesTest.look;
import static dev.onewrite.projection.ActivitiesTest.recite;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Activity;
import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import dev.onewrite.projection.ActivitiesTest.Abandon;
import dev.onewrite.projection.ActivitiesTest.Ask;
import dev.onewrite.projection.ActivitiesTest.FormMessage;
import dev.onewrite.projection.ActivitiesTest.Known;
import dev.onewrite.projection.ActivitiesTest.Recite;
import dev.onewrite.projection.ActivitiesTest.Saved;
import dev.onewrite.projection.ActivitiesTest.ScholarMessage;
import dev.onewrite.projection.ActivitiesTest.Study;
import dev.onewrite.projection.ActivitiesTest.Submit;
import dev.onewrite.projection.ActivitiesTest.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often an activity is tried, and for how long. */
final class ActivityAttemptsTest {

  @TempDir Path directory;

  @Test
  void attempt_thatTakesTooLong_isInterruptedAndTriedAgainWithTheSameKey() {
    List<String> keys = new CopyOnWriteArrayList<>();
    AtomicInteger interrupted = new AtomicInteger();
    Component<FormMessage> form =
        form(
            (call, input) -> {
              keys.add(call.idempotencyKey());
              if (call.attempt() == 1) {
                waitUntilInterrupted(interrupted);
              }
              return new Saved("r");
            },
            new Activity.Policy(
                2, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(200)));

    try (Onewrite onewrite = node(form, "onewrite.activities-max", 10)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      one.tell(new Submit("a")).toCompletableFuture().join();

      Await.until("saved", () -> look(one).phase().equals("SAVED"));
      assertEquals(1, interrupted.get());
      assertEquals(2, keys.size());
      assertEquals(keys.get(0), keys.get(1));
    }
  }

  @Test
  void attempts_allOfWhichTakeTooLong_endAsAFailure() {
    AtomicInteger interrupted = new AtomicInteger();
    Component<FormMessage> form =
        form(
            (call, input) -> {
              waitUntilInterrupted(interrupted);
              return new Saved("never");
            },
            new Activity.Policy(
                2, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(50)));

    try (Onewrite onewrite = node(form, "onewrite.activities-max", 10)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      one.tell(new Submit("a")).toCompletableFuture().join();

      Await.until("failed", () -> look(one).phase().equals("FAILED"));
      assertEquals(2, interrupted.get());
    }
  }

  private static void waitUntilInterrupted(AtomicInteger interrupted) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    }
  }

  @Test
  void attempts_whoseStateWasLeftMeanwhile_areNotMade() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    Component<FormMessage> form =
        form(
            (call, input) -> {
              if (input.text().equals("given up")) {
                attempts.incrementAndGet();
                calling.countDown();
                left.await();
                throw new IllegalStateException("no");
              }
              return new Saved("r");
            },
            1_000);

    try (Onewrite onewrite = node(form, "onewrite.outbox.window", 1)) {
      Ref<FormMessage> one = onewrite.ref(form, "1");
      one.tell(new Submit("given up")).toCompletableFuture().join();
      assertTrue(calling.await(10, TimeUnit.SECONDS));
      one.tell(new Abandon()).toCompletableFuture().join();
      left.countDown();
      one.tell(new Submit("again")).toCompletableFuture().join();

      Await.until("saved", () -> look(one).phase().equals("SAVED"));
      assertEquals(1, attempts.get());
    }
  }

  @Test
  void timeout_ofACallThatWaitsForAThread_doesNotCountTheWait() throws Exception {
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Activity.Policy once =
        new Activity.Policy(1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(100));
    Component<ScholarMessage> scholar =
        Component.define("scholar", ScholarMessage.class)
            .context(() -> new Known(List.of()))
            .on(Study.class, (turn, s) -> turn.invoke(s.question(), new Ask(s.question())))
            .onResult(Told.class, (turn, told) -> turn.assign(k -> k.with(told.answer())))
            .onResult(ActivityFailed.class, (turn, f) -> turn.assign(k -> k.with(f.kind())))
            .answer(Recite.class, (view, recite) -> view.context())
            .activity(
                "slow",
                Ask.class,
                Told.class,
                (call, ask) -> {
                  calling.countDown();
                  answer.await();
                  return new Told("slow");
                })
            .activity("quick", Ask.class, Told.class, (call, ask) -> new Told("quick"), once)
            .build();

    try (Onewrite onewrite = node(scholar, "onewrite.activities-max", 1)) {
      Ref<ScholarMessage> one = onewrite.ref(scholar, "1");
      one.tell(new Study("slow")).toCompletableFuture().join();
      assertTrue(calling.await(10, TimeUnit.SECONDS));
      one.tell(new Study("quick")).toCompletableFuture().join();
      long waited = System.nanoTime() + Duration.ofMillis(500).toNanos();
      Await.until("it has waited five times its time-out", () -> System.nanoTime() > waited);
      answer.countDown();

      Await.until("both", () -> recite(one).size() == 2);
      assertEquals(List.of("slow", "quick"), recite(one));
    }
  }

  enum Stage {
    IDLE,
    CALLING,
    LATE
  }

  record Nothing() {}

  record Begin() {}

  @Test
  void timeoutOfAState_whileTheCallHangs_takesTheErrorTransitionOnce() {
    Machine<Stage, Nothing, Begin> machine =
        Machine.define(
            "caller",
            Stage.class,
            Begin.class,
            Nothing::new,
            m ->
                m.initial(Stage.IDLE)
                    .state(Stage.IDLE, s -> s.on(Begin.class, t -> t.target(Stage.CALLING)))
                    .state(
                        Stage.CALLING,
                        s ->
                            s.invoke(
                                "hang",
                                nothing -> new Ask("?"),
                                i ->
                                    i.onDone(t -> t.target(Stage.IDLE))
                                        .onError(t -> t.target(Stage.LATE))
                                        .timeout(Duration.ofMillis(200))))
                    .state(Stage.LATE));
    Component<Begin> caller =
        Component.define("caller", Begin.class)
            .machine(machine)
            .on(Begin.class, (turn, begin) -> turn.machine().send(begin))
            .activity(
                "hang",
                Ask.class,
                Told.class,
                (call, ask) -> {
                  new CountDownLatch(1).await();
                  return new Told("never");
                })
            .build();

    try (Onewrite onewrite = node(caller, "onewrite.activities-max", 10)) {
      Ref<Begin> one = onewrite.ref(caller, "1");
      one.tell(new Begin()).toCompletableFuture().join();

      Await.until("it is late", () -> onewrite.history(one.address()).size() == 2);
      assertEquals(
          List.of("LATE"),
          onewrite.history(one.address()).get(1).outcome().machine().configuration());
    }
  }

  private Onewrite node(Component<?> component, String key, int value) {
    return Onewrite.builder().component(component).directory(directory).set(key, value).start();
  }
}
