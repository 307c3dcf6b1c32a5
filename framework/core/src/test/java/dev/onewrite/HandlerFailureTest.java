package dev.onewrite;

import static dev.onewrite.Counters.ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A turn that fails, in whatever way, journals nothing; the entity goes on. */
final class HandlerFailureTest {

  private static final Duration SHORT = Duration.ofMillis(500);

  record Text(String value) {}

  private final TestStore store = new TestStore();

  private void assertNothingHappened(Ref<Message> one) {
    assertEquals(0, store.rows(ONE).size());
    assertEquals(new Total(0, 0), Await.value(one.ask(new Get(), Total.class)));
    assertEquals(new Total(2, 1), Await.value(one.ask(new Add(2), Total.class)));
    assertEquals(1, store.rows(ONE).size());
  }

  @Test
  void handler_thatThrows_isRefusedWithWhatItThrew() {
    Component<Message> counter =
        Counters.working(
            (turn, work) -> {
              turn.assign(total -> total.plus(5));
              turn.emit(new Total(1, 1));
              throw new IOException("no disk");
            });
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");

      RefusedException e =
          Await.failure("OW106", RefusedException.class, one.tell(new Work("x"), "r"));

      assertTrue(e.getMessage().contains("no disk") && e.getMessage().contains(ONE));
      assertNothingHappened(one);
    }
  }

  @Test
  void turn_whoseBatchIsTooLarge_isRefusedAndJournalsNothing() {
    Text large = new Text("x".repeat(100 << 10));
    Component<Message> counter =
        Counters.working(
            (turn, work) -> {
              turn.assign(total -> total.plus(5));
              for (int i = 0; i < 82; i++) { // 100 KiB each, 8 MiB and a bit
                turn.emit(large);
              }
            });
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");

      Await.failure("OW170", RefusedException.class, one.tell(new Work("x"), "r"));

      assertNothingHappened(one);
    }
  }

  @Test
  void handler_thatThrowsAnError_isRefusedAndTheNodeLives() {
    Component<Message> counter =
        Counters.working(
            (turn, work) -> {
              throw new StackOverflowError();
            });
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");

      Await.failure("OW106", RefusedException.class, one.tell(new Work("x")));

      assertNothingHappened(one);
    }
  }

  @Test
  void handler_whoseRequestFailed_isRunAgainUnderTheSameRequestId() {
    LinkedBlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    outcomes.add("fail");
    Component<Message> counter =
        Counters.working(
            (turn, work) -> {
              if (outcomes.poll() != null) {
                throw new IllegalStateException("once");
              }
              turn.reply(new Total(9, 9));
            });
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");
      Await.failure("OW106", RefusedException.class, one.tell(new Work("x"), "r"));

      assertEquals(new Total(9, 9), Await.value(one.ask(new Work("x"), Total.class, "r")));
    }
  }

  @Test
  void context_thatCannotBeEncoded_isRefused() {
    Component<Message> growing =
        Component.define("counter", Message.class)
            .context(() -> new Text(""))
            .on(Work.class, (turn, work) -> turn.assign(text -> new Text("x".repeat(2_000))))
            .answer(Get.class, (view, get) -> view.context())
            .build();
    try (Onewrite node =
        Counters.node(store, growing).set("onewrite.payload-bytes-max", "1KiB").start()) {
      Ref<Message> one = node.ref(growing, "one");

      Await.failure("OW102", RefusedException.class, one.tell(new Work("x")));

      assertEquals(new Text(""), Await.value(one.ask(new Get(), Text.class)));
      assertEquals(0, store.appends());
    }
  }

  @Test
  void blockingHandler_runs_offTheActor() {
    LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    Component<Message> counter =
        Counters.counter()
            .onBlocking(Work.class, (turn, work) -> threads.add(Thread.currentThread()))
            .build();
    try (Onewrite node = Counters.node(store, counter).start()) {
      Await.value(node.ref(counter, "one").tell(new Work("x")));

      String name = threads.remove().getName();
      assertFalse(name.contains("dispatcher"), name);
      assertEquals(1, store.appends());
    }
  }

  @Test
  void blockingHandler_pastItsTimeout_isInterruptedAndJournalsNothing() {
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<String> late = new CompletableFuture<>();
    Component<Message> counter =
        Counters.counter()
            .turnTimeout(SHORT)
            .onBlocking(
                Work.class,
                (turn, work) -> {
                  turn.assign(total -> total.plus(100));
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    try {
                      turn.emit(new Total(1, 1));
                      late.complete("taken");
                    } catch (RefusedException refused) {
                      late.complete(refused.code());
                    }
                  }
                })
            .build();
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");

      Await.failure("OW107", RefusedException.class, one.tell(new Work("x")));

      assertEquals("OW103", Await.value(late));
      assertNothingHappened(one);
    }
  }

  @Test
  void blockingHandler_deafToInterrupts_losesItsTurnAllTheSame() {
    CountDownLatch finish = new CountDownLatch(1);
    CompletableFuture<String> late = new CompletableFuture<>();
    Component<Message> counter =
        Counters.counter()
            .turnTimeout(SHORT)
            .onBlocking(
                Work.class,
                (turn, work) -> {
                  while (finish.getCount() > 0) {
                    Thread.onSpinWait();
                  }
                  try {
                    turn.assign(total -> total.plus(100));
                    late.complete("taken");
                  } catch (RefusedException e) {
                    late.complete(e.code());
                  }
                })
            .build();
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");
      Await.failure("OW107", RefusedException.class, one.tell(new Work("x")));
      assertNothingHappened(one);

      finish.countDown();

      assertEquals("OW103", Await.value(late));
      assertEquals(new Total(2, 1), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  @Test
  void inlineHandler_pastItsTimeout_journalsNothing() {
    Component<Message> counter =
        Counters.counter()
            .turnTimeout(Duration.ofNanos(1))
            .on(Work.class, (turn, work) -> {})
            .build();
    try (Onewrite node = Counters.node(store, counter).start()) {
      Await.failure("OW107", RefusedException.class, node.ref(counter, "one").tell(new Work("x")));

      assertEquals(0, store.appends());
    }
  }

  @Test
  void asyncHandler_whoseStageEnds_commitsThen() {
    CompletableFuture<Void> backend = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    Component<Message> counter =
        Counters.counter()
            .onAsync(
                Work.class,
                (turn, work) -> {
                  started.countDown();
                  return backend.thenRun(
                      () -> {
                        turn.assign(total -> total.plus(7));
                        turn.reply(turn.machine().context());
                      });
                })
            .build();
    try (Onewrite node = Counters.node(store, counter).start()) {
      var asked = node.ref(counter, "one").ask(new Work("x"), Total.class);
      Await.latch(started);
      assertEquals(0, store.appends());

      backend.complete(null);

      assertEquals(new Total(7, 1), Await.value(asked));
    }
  }

  @Test
  void asyncHandler_whoseStageFailsOrNeverEnds_journalsNothing() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    Component<Message> counter =
        Counters.counter()
            .turnTimeout(SHORT)
            .onAsync(
                Work.class,
                (turn, work) ->
                    work.what().equals("never")
                        ? never
                        : CompletableFuture.failedFuture(new IllegalStateException("no backend")))
            .build();
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");

      RefusedException failed =
          Await.failure("OW106", RefusedException.class, one.tell(new Work("fail")));
      Await.failure("OW107", RefusedException.class, one.tell(new Work("never")));
      never.complete(null);

      assertTrue(failed.getMessage().contains("no backend"), failed.getMessage());
      assertNothingHappened(one);
    }
  }

  @Test
  void asyncHandler_thatGivesNoStage_isRefused() {
    Component<Message> counter =
        Counters.counter().onAsync(Work.class, (turn, work) -> noStage()).build();
    try (Onewrite node = Counters.node(store, counter).set("onewrite.turn-timeout", "2s").start()) {
      Ref<Message> one = node.ref(counter, "one");

      Await.failure("OW106", RefusedException.class, one.tell(new Work("x")));

      assertNothingHappened(one);
    }
  }

  @SuppressWarnings("NullAway")
  private static CompletionStage<Void> noStage() {
    return null;
  }

  @Test
  void answerer_thatThrows_isRefusedAndTheEntityGoesOn() {
    Component<Message> counter =
        Counters.counter()
            .answer(
                Work.class,
                (view, work) -> {
                  throw new IllegalStateException("no answer");
                })
            .build();
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");

      Await.failure("OW106", RefusedException.class, one.ask(new Work("x"), Total.class));

      assertNothingHappened(one);
      assertNotEquals(0, store.appends());
    }
  }
}
