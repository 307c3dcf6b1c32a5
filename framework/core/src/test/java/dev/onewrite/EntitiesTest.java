package dev.onewrite;

import static dev.onewrite.Counters.ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.TestStore.Failure;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RetryableException;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a forwarder is answered, and what of a delivery is durable then. */
@SuppressWarnings("try") // a node is there to run, not to be named
final class EntitiesTest {

  private static final Address SENDER = new Address("shop", "s");

  record Happened(int amount) {}

  private final TestStore store = new TestStore();
  private final AtomicInteger handled = new AtomicInteger();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final Component<Message> counter =
      Counters.counter()
          .on(Work.class, (turn, work) -> turn.assign(total -> total.plus(1)))
          .subscribe(
              Happened.class,
              happened -> "one",
              (turn, happened) -> {
                handled.incrementAndGet();
                if (failing.get()) {
                  throw new IllegalStateException("not now");
                }
                turn.assign(total -> total.plus(happened.amount()));
              })
          .build();

  private Delivery delivery(long id, Position position, long stable) {
    Cause.Delivered cause =
        new Cause.Delivered(new UUID(0, id), SENDER, position, 0, Position.of(0, stable));
    return new Delivery(
        new Address("counter", "one"),
        cause,
        new Outgoing.Emitted(
            new UUID(0, id), new PayloadCodec(new Types(), 1_000).encode(new Happened(5))),
        false);
  }

  private Delivery delivery(long id, long at, long stable) {
    return delivery(id, Position.of(0, at), stable);
  }

  private Answer deliver(Delivery delivery) {
    Answer answer = Await.value(delivering(delivery));
    assertTrue(answer.answers(delivery));
    return answer;
  }

  private CompletionStage<Answer> delivering(Delivery delivery) {
    return TestForwarderProvider.setup(store).groups().stream()
        .filter(group -> group.name().equals("counter"))
        .findFirst()
        .orElseThrow()
        .deliver(delivery);
  }

  private Total total(Onewrite node) {
    return Await.value(node.ref(counter, "one").ask(new Get(), Total.class));
  }

  @Test
  void delivery_handled_isAnsweredAfterItsCommitAndOnce() {
    try (Onewrite node = Counters.node(store, counter).start()) {
      Answer first = deliver(delivery(1, 10, 0));
      Answer again = deliver(delivery(1, 10, 0));
      Answer redriven = deliver(delivery(1, new Position(0, 10, 1), 0));
      Answer late = deliver(delivery(2, 4, 9));

      assertEquals(Answer.Kind.HANDLED, first.kind());
      assertEquals(Answer.Kind.HANDLED, again.kind());
      assertEquals(Answer.Kind.SETTLED, redriven.kind());
      assertEquals(Answer.Kind.SETTLED, late.kind());
      assertEquals(new Total(5, 1), total(node));
      assertEquals(1, handled.get());
      assertEquals(1, store.rows(ONE).size());
    }
  }

  @Test
  void delivery_repeatedAfterARestart_isStillKnown() {
    Counters.node(store, counter).set("onewrite.snapshot-every", 1).start().close();
    try (Onewrite node = Counters.node(store, counter).start()) {
      assertEquals(Answer.Kind.HANDLED, deliver(delivery(1, 10, 3)).kind());
    }
    try (Onewrite node = Counters.node(store, counter).start()) {
      assertEquals(Answer.Kind.HANDLED, deliver(delivery(1, 10, 3)).kind());
      assertEquals(Answer.Kind.SETTLED, deliver(delivery(2, 3, 0)).kind());
      assertEquals(new Total(5, 1), total(node));
    }
  }

  @Test
  void delivery_thatChangesNothing_isJournaledAllTheSame() {
    Component<Message> deaf =
        Counters.counter()
            .subscribe(Happened.class, happened -> "one", (turn, happened) -> {})
            .build();
    try (Onewrite node = Counters.node(store, deaf).start()) {
      assertEquals(Answer.Kind.HANDLED, deliver(delivery(1, 10, 0)).kind());

      assertEquals(1, store.rows(ONE).size());
    }
  }

  @Test
  void delivery_whoseHandlerThrows_failsAndIsHandledLater() {
    try (Onewrite node = Counters.node(store, counter).start()) {
      failing.set(true);
      Answer failed = deliver(delivery(1, 10, 0));
      failing.set(false);
      Answer later = deliver(delivery(1, 10, 0));

      assertEquals(Answer.Kind.FAILED, failed.kind());
      assertTrue(failed.reason().contains("OW106"), failed.reason());
      assertEquals(Answer.Kind.HANDLED, later.kind());
      assertEquals(new Total(5, 1), total(node));
    }
  }

  @Test
  void delivery_whoseWriteFailed_isUnansweredAndTakesEffectOnce() {
    try (Onewrite node = Counters.node(store, counter).start()) {
      store.failNextAppend(Failure.AFTER_WRITING);

      Await.failure("OW123", RetryableException.class, delivering(delivery(1, 10, 0)));
      Answer again = deliver(delivery(1, 10, 0));

      assertEquals(Answer.Kind.HANDLED, again.kind());
      assertEquals(new Total(5, 1), total(node));
      assertEquals(1, store.rows(ONE).size());
    }
  }

  @Test
  void delivery_toAnEntityThatCannotRecover_isUnansweredAndNotRefused() {
    try (Onewrite node = Counters.node(store, counter).start()) {
      deliver(delivery(1, 10, 0));
      deliver(delivery(2, 11, 0));
    }
    store.remove(ONE, 1);
    try (Onewrite node = Counters.node(store, counter).start()) {
      RetryableException e =
          Await.failure("OW123", RetryableException.class, delivering(delivery(3, 12, 0)));

      assertTrue(e.getMessage().contains("OW206"), e.getMessage());
    }
  }

  @Test
  void delivery_whileATurnIsOpen_waits() {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Component<Message> busy =
        Counters.counter()
            .onBlocking(
                Work.class,
                (turn, work) -> {
                  open.countDown();
                  go.await();
                  turn.assign(total -> total.plus(1));
                })
            .subscribe(
                Happened.class,
                happened -> "one",
                (turn, happened) ->
                    turn.assign(total -> new Total(total.sum() * 10, total.turns())))
            .build();
    try (Onewrite node = Counters.node(store, busy).start()) {
      CompletionStage<Void> told = node.ref(busy, "one").tell(new Work("x"));
      Await.latch(open);
      CompletionStage<Answer> delivered = delivering(delivery(1, 10, 0));

      go.countDown();

      Await.value(told);
      assertEquals(Answer.Kind.HANDLED, Await.value(delivered).kind());
      assertEquals(
          new Total(10, 1), Await.value(node.ref(busy, "one").ask(new Get(), Total.class)));
    }
  }
}
