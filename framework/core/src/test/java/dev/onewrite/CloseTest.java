package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.component.Component;
import dev.onewrite.component.RetryableException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CloseTest {

  private static final Component<Message> COUNTER = Counters.counter().build();

  private final TestStore store = new TestStore();

  @Test
  void node_closedTwice_isClosed() {
    Onewrite node = Counters.node(store, COUNTER).start();

    node.close();
    node.close();
  }

  @Test
  void node_closedWhileATurnIsOpen_closesAndTellsTheCaller() {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Component<Message> counter =
        Counters.blocking(
            (turn, work) -> {
              open.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    Onewrite node = Counters.node(store, counter).start();
    CompletionStage<Void> asked = node.ref(counter, "one").tell(new Work("x"));
    CompletionStage<Void> behind = node.ref(counter, "one").tell(new Add(1));
    Await.latch(open);

    assertTimeoutPreemptively(Duration.ofSeconds(10), node::close);

    Await.latch(interrupted);
    Await.failure("OW122", RetryableException.class, asked);
    Await.failure("OW122", RetryableException.class, behind);
    assertEquals(0, store.rowsOfAll());
  }

  @Test
  void call_afterClose_isToldSo() {
    Onewrite node = Counters.node(store, COUNTER).start();
    Ref<Message> one = node.ref(COUNTER, "one");
    Await.value(one.tell(new Add(1)));
    node.close();

    Await.failure("OW122", RetryableException.class, one.tell(new Add(1)));
    Await.failure("OW122", RetryableException.class, one.ask(new Get(), Total.class));
    assertEquals(1, store.rowsOfAll());
  }
}
