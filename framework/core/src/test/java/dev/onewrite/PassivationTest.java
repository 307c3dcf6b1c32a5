package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Lost;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.component.Component;
import dev.onewrite.component.RetryableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Idle entities leave memory, and nothing that is sent to them meanwhile is lost. */
final class PassivationTest {

  private static final Component<Message> COUNTER = Counters.working((turn, work) -> {});

  private final TestStore store = new TestStore();

  @Test
  void manyEntities_leavingAndComingBackUnderLoad_loseNothing() {
    long seed = 42;
    Random random = new Random(seed);
    Map<String, Integer> sent = new HashMap<>();
    try (Onewrite node =
        Counters.node(store, COUNTER)
            .set("onewrite.passivate-after", "10ms")
            .set("onewrite.snapshot-every", 5)
            .start()) {
      List<CompletionStage<Void>> tells = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        String entity = "e" + random.nextInt(40);
        int amount = random.nextInt(100);
        sent.merge(entity, amount, Integer::sum);
        tells.add(node.ref(COUNTER, entity).tell(new Add(amount)));
        if (random.nextInt(10) == 0) {
          // Around the time after which they leave, so that messages meet entities that go.
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(14_000)));
        }
      }
      tells.forEach(Await::value);

      sent.forEach(
          (entity, sum) ->
              assertEquals(
                  sum,
                  Await.value(node.ref(COUNTER, entity).ask(new Get(), Total.class)).sum(),
                  "seed " + seed + ", " + entity));
      assertEquals(1_000, store.rowsOfAll(), "seed " + seed);
    }
  }

  @Test
  void entity_whoseTurnTakesLongerThanItMayIdle_isNotDisturbed() {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    Component<Message> counter =
        Counters.blocking(
            (turn, work) -> {
              open.countDown();
              go.await();
              turn.assign(total -> total.plus(5));
            });
    try (Onewrite node =
        Counters.node(store, counter).set("onewrite.passivate-after", "10ms").start()) {
      CompletionStage<Void> slow = node.ref(counter, "one").tell(new Work("x"));
      Await.latch(open);
      Await.pass(Duration.ofMillis(60)); // several times as long as it may

      go.countDown();
      Await.value(slow);

      assertEquals(
          new Total(5, 1), Await.value(node.ref(counter, "one").ask(new Get(), Total.class)));
    }
  }

  /**
   * With one thread for all actors, and that one held up: the entity's idling comes due, and a
   * message for it is sent before the region hears of it. So it is told to leave while it works. A
   * thread pool, as its one thread takes things in the order in which they came; a fork-join pool's
   * need not.
   */
  @Test
  void messages_thatMeetAnEntityWhichIsLeaving_waitForItsSuccessorOrAreRefused() {
    CountDownLatch threadHeld = new CountDownLatch(1);
    CountDownLatch letThreadGo = new CountDownLatch(1);
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch letWorkEnd = new CountDownLatch(1);
    Component<Message> counter =
        Counters.counter()
            .on(
                Work.class,
                (turn, work) -> {
                  threadHeld.countDown();
                  Await.latch(letThreadGo);
                })
            .onBlocking(
                Lost.class,
                (turn, lost) -> {
                  working.countDown();
                  Await.latch(letWorkEnd);
                })
            .build();
    try (Onewrite node =
        Counters.node(store, counter)
            .set("onewrite.waiting-max", 2)
            .set("onewrite.passivate-after", "100ms")
            .set("pekko.actor.default-dispatcher.executor", "thread-pool-executor")
            .set("pekko.actor.default-dispatcher.thread-pool-executor.fixed-pool-size", 1)
            .start()) {
      Ref<Message> one = node.ref(counter, "one");
      Await.value(node.ref(counter, "holder").tell(new Add(1)));
      Await.value(one.tell(new Add(1)));
      CompletionStage<Void> holding = node.ref(counter, "holder").tell(new Work("hold"));
      Await.latch(threadHeld);
      Await.pass(Duration.ofMillis(200)); // its idling comes due

      CompletionStage<Void> first = one.tell(new Lost());
      letThreadGo.countDown();
      Await.latch(working);
      CompletionStage<Total> second = one.ask(new Add(10), Total.class);
      CompletionStage<Total> third = one.ask(new Add(100), Total.class);
      RetryableException refused =
          Await.failure(
              "OW112",
              RetryableException.class,
              one.ask(new Add(1_000), Total.class, "one too many"));
      letWorkEnd.countDown();

      Await.value(holding);
      Await.value(first);
      assertEquals(new Total(11, 2), Await.value(second));
      assertEquals(new Total(111, 3), Await.value(third));
      assertTrue(refused.getMessage().contains("leaving memory"), refused::getMessage);
      assertEquals(
          new Total(1_111, 4), Await.value(one.ask(new Add(1_000), Total.class, "one too many")));
    }
  }
}
