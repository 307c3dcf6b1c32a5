package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.component.Component;
import dev.onewrite.component.RetryableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** While a turn is open the entity takes no other message; what waits is bounded. */
final class OneAtATimeTest {

  private final TestStore store = new TestStore();

  @Test
  void messages_ofOneCaller_areHandledInTheOrderSent() {
    List<String> handled = new ArrayList<>();
    Component<Message> counter =
        Counters.blocking(
            (turn, work) -> {
              handled.add(work.what());
              turn.assign(total -> total.plus(1));
            });
    List<String> sent = new ArrayList<>();
    List<CompletionStage<Void>> tells = new ArrayList<>();
    try (Onewrite node = Counters.node(store, counter).start()) {
      for (int i = 0; i < 300; i++) {
        sent.add("w" + i);
        tells.add(node.ref(counter, "one").tell(new Work("w" + i)));
      }
      tells.forEach(Await::value);
      Total total = Await.value(node.ref(counter, "one").ask(new Get(), Total.class));

      assertEquals(new Total(300, 300), total);
    }
    assertEquals(sent, handled);
  }

  @Test
  void secondAsk_whileATurnIsOpen_waitsAndSeesWhatItDid() {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Component<Message> counter =
        Counters.blocking(
            (turn, work) -> {
              turn.assign(total -> total.plus(10));
              open.countDown();
              go.await();
            });
    try (Onewrite node = Counters.node(store, counter).start()) {
      Ref<Message> one = node.ref(counter, "one");
      CompletionStage<Void> first = one.tell(new Work("x"));
      Await.latch(open);

      CompletionStage<Total> second = one.ask(new Add(1), Total.class);
      CompletionStage<Total> stranger = node.ref(counter, "two").ask(new Add(1), Total.class);

      assertEquals(new Total(1, 1), Await.value(stranger));
      assertFalse(second.toCompletableFuture().isDone());
      go.countDown();
      Await.value(first);
      assertEquals(new Total(11, 2), Await.value(second));
    }
  }

  @Test
  void messages_upToWaitingMax_waitAndTheNextIsRefused() {
    int waitingMax = 3;
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Component<Message> counter =
        Counters.blocking(
            (turn, work) -> {
              open.countDown();
              go.await();
            });
    try (Onewrite node =
        Counters.node(store, counter).set("onewrite.waiting-max", waitingMax).start()) {
      Ref<Message> one = node.ref(counter, "one");
      List<CompletionStage<?>> taken = new ArrayList<>();
      taken.add(one.tell(new Work("x")));
      Await.latch(open);
      for (int i = 0; i < waitingMax; i++) {
        taken.add(one.tell(new Add(1)));
      }

      RetryableException refused =
          Await.failure("OW112", RetryableException.class, one.tell(new Add(1), "again"));
      go.countDown();
      taken.forEach(Await::value);
      Await.value(one.tell(new Add(1), "again"));

      assertTrue(refused.getMessage().contains("waiting-max"), refused.getMessage());
      assertEquals(
          new Total(waitingMax + 1, waitingMax + 1), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  @Test
  void messages_moreThanMayWait_areEachTakenOrRefusedAndNeverLost() {
    Semaphore go = new Semaphore(0);
    Component<Message> counter =
        Counters.blocking(
            (turn, work) -> {
              go.acquire();
              turn.assign(total -> total.plus(1));
            });
    int taken = 0;
    int refused = 0;
    try (Onewrite node = Counters.node(store, counter).set("onewrite.waiting-max", 10).start()) {
      Ref<Message> one = node.ref(counter, "one");
      List<CompletionStage<Void>> tells = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        tells.add(one.tell(new Work("w" + i)));
        if (i % 5 == 0) {
          go.release(3);
        }
      }
      go.release(1_000);
      for (CompletionStage<Void> tell : tells) {
        Await.until("an answer", () -> tell.toCompletableFuture().isDone());
        if (tell.toCompletableFuture().isCompletedExceptionally()) {
          Await.failure("OW112", RetryableException.class, tell);
          refused++;
        } else {
          taken++;
        }
      }

      assertEquals(new Total(taken, taken), Await.value(one.ask(new Get(), Total.class)));
      assertEquals(500, taken + refused);
      assertEquals(taken, store.rowsOfAll());
    }
  }
}
