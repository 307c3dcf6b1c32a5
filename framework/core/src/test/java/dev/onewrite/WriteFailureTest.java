package dev.onewrite;

import static dev.onewrite.Counters.ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.TestStore.Failure;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.component.RetryableException;
import dev.onewrite.spi.JournalRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A write that failed, or whose outcome is unknown: the journal decides, and one effect remains.
 */
final class WriteFailureTest {

  private static final Component<Message> COUNTER = Counters.counter().build();

  private final TestStore store = new TestStore();
  private final List<Incident> incidents = new CopyOnWriteArrayList<>();

  private Onewrite start(Component<Message> counter) {
    return Counters.node(store, counter).onError(incidents::add).start();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void write_failed_isUnknownToTheCallerAndOnceWhenRepeated(Failure how) {
    try (Onewrite node = start(COUNTER)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      Await.value(one.tell(new Add(1)));
      store.failNextAppend(how);

      RetryableException e =
          Await.failure("OW121", RetryableException.class, one.ask(new Add(10), Total.class, "r"));
      Total first = Await.value(one.ask(new Add(10), Total.class, "r"));
      Total again = Await.value(one.ask(new Add(10), Total.class, "r"));

      assertTrue(e.getMessage().contains("same request id"), e.getMessage());
      assertEquals(new Total(11, 2), first);
      assertEquals(first, again);
      assertEquals(new Total(11, 2), Await.value(one.ask(new Get(), Total.class)));
      assertEquals(2, store.rows(ONE).size());
    }
  }

  @Test
  void write_failed_isToldToTheHooks() {
    try (Onewrite node = start(COUNTER)) {
      store.failNextAppend(Failure.BEFORE_WRITING);

      Await.failure("OW121", RetryableException.class, node.ref(COUNTER, "one").tell(new Add(10)));

      Await.until("an incident", () -> !incidents.isEmpty());
      assertTrue(incidents.get(0) instanceof Incident.PersistFailed, incidents.toString());
      assertTrue(incidents.get(0).text().contains(ONE), incidents.toString());
    }
  }

  @Test
  void messagesBehindAFailedWrite_areHandledAfterTheRestart() {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Component<Message> counter =
        Counters.blocking(
            (turn, work) -> {
              open.countDown();
              go.await();
            });
    try (Onewrite node = start(counter)) {
      Ref<Message> one = node.ref(counter, "one");
      CompletionStage<Void> failing = one.tell(new Work("x"));
      Await.latch(open);
      List<CompletionStage<Total>> behind = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        behind.add(one.ask(new Add(1), Total.class));
      }

      store.failNextAppend(Failure.BEFORE_WRITING);
      go.countDown();

      Await.failure("OW121", RetryableException.class, failing);
      for (int i = 0; i < 20; i++) {
        assertEquals(new Total(i + 1, i + 1), Await.value(behind.get(i)));
      }
    }
  }

  /** Another writer has taken the number: this one must not go on from what it knew. */
  @Test
  void number_takenByAnotherWriter_isReadBeforeGoingOn() {
    TestStore other = new TestStore();
    try (Onewrite node = start(COUNTER);
        Onewrite zombie = Counters.node(other, COUNTER).start()) {
      Ref<Message> one = node.ref(COUNTER, "one");
      Await.value(one.tell(new Add(1), "first"));
      Await.value(zombie.ref(COUNTER, "one").tell(new Add(1), "first"));
      Await.value(zombie.ref(COUNTER, "one").tell(new Add(1_000), "theirs"));
      JournalRow theirs = other.rows(ONE).get(1);
      Await.value(store.append(List.of(theirs)));

      Await.failure("OW121", RetryableException.class, one.ask(new Add(10), Total.class, "r"));

      assertEquals(new Total(1_011, 3), Await.value(one.ask(new Add(10), Total.class, "r")));
      assertEquals(3, store.rows(ONE).size());
    }
  }

  @Test
  void commit_notYetDone_isSeenByNobody() {
    List<Total> seen = new CopyOnWriteArrayList<>();
    try (Onewrite node = start(COUNTER)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      Await.value(one.tell(new Add(1)));
      Observation observation = one.observe(Total.class, state -> seen.add(state.context()));
      Await.until("the first state", () -> !seen.isEmpty());
      CompletableFuture<Void> held = store.holdAppends();

      CompletionStage<Total> asked = one.ask(new Add(10), Total.class);
      CompletionStage<Total> question = one.ask(new Get(), Total.class);
      Await.until("the write", () -> store.rows(ONE).size() == 2);

      assertFalse(asked.toCompletableFuture().isDone());
      assertFalse(question.toCompletableFuture().isDone());
      assertEquals(List.of(new Total(1, 1)), seen);
      held.complete(null);
      assertEquals(new Total(11, 2), Await.value(asked));
      assertEquals(new Total(11, 2), Await.value(question));
      Await.until("the second state", () -> seen.contains(new Total(11, 2)));
      observation.close();
    }
  }

  @Test
  void hook_thatThrows_harmsNobody() {
    try (Onewrite node =
        Counters.node(store, COUNTER)
            .onError(
                incident -> {
                  throw new IllegalStateException("hook");
                })
            .onError(incidents::add)
            .start()) {
      Ref<Message> one = node.ref(COUNTER, "one");
      store.failNextAppend(Failure.BEFORE_WRITING);
      Await.failure("OW121", RetryableException.class, one.tell(new Add(10)));

      assertEquals(new Total(10, 1), Await.value(one.ask(new Add(10), Total.class)));
      Await.until("an incident", () -> !incidents.isEmpty());
    }
  }
}
