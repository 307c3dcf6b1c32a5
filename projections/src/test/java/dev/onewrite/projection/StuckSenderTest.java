package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.spi.Tail;
import dev.onewrite.store.sqlite.SqliteStoreProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One sender's message that cannot be delivered, or takes long, does not hold up strangers. */
final class StuckSenderTest {

  private static final int SENDERS = 30;
  private static final int EACH = 100;
  private static final int OF_THE_STUCK = 5;
  private static final int WINDOW = 100;

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final CountDownLatch slow = new CountDownLatch(1);
  private final AtomicReference<Store> opened = new AtomicReference<>();

  private final Component<DeliveryTest.ListenerMessage> listener =
      Component.define("listener", DeliveryTest.ListenerMessage.class)
          .context(() -> new DeliveryTest.Heard(List.of()))
          .subscribe(
              DeliveryTest.Said.class,
              DeliveryTest.Said::by,
              (turn, said) -> {
                refuseOrWait(said);
                turn.assign(
                    heard ->
                        new DeliveryTest.Heard(
                            Stream.concat(heard.sayings().stream(), Stream.of("" + said.number()))
                                .toList()));
              })
          .answer(DeliveryTest.WhatWasSaid.class, (view, question) -> view.context())
          .build();

  @TempDir Path directory;

  private void refuseOrWait(DeliveryTest.Said said) {
    if (said.by().equals("poison") && broken.get()) {
      throw new IllegalStateException("not yet");
    }
    if (said.by().equals("slow")) {
      try {
        slow.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void messagesOfOthers_whileOneSendersIsParked_areDeliveredAndTheFloorPassesIt() {
    try (Onewrite onewrite = node()) {
      say(onewrite, "first", EACH);
      say(onewrite, "poison", OF_THE_STUCK);
      sayOfOthers(onewrite);
      Position stuck = firstRow("sender|poison");

      Await.until("the others' are delivered", () -> othersHeard(onewrite));
      assertEquals(List.of(), heard(onewrite, "poison"));
      Await.until("the floor is at the end", () -> !tail().bound().isAfter(floor()));
      assertTrue(floor().isAfter(stuck));
      assertEquals(OF_THE_STUCK, onewrite.outbox().parked(1).get(0).parked());

      broken.set(false);
      onewrite.outbox().redrive(onewrite.outbox().parked(1).get(0).sequence());

      Await.until("it is delivered", () -> heard(onewrite, "poison").size() == OF_THE_STUCK);
      assertEquals(numbers(OF_THE_STUCK), heard(onewrite, "poison"));
    }
  }

  @Test
  void messagesOfOthers_whileOneReceiverBlocks_areDelivered() {
    try (Onewrite onewrite = node()) {
      say(onewrite, "slow", OF_THE_STUCK);
      sayOfOthers(onewrite);

      Await.until("the others' are delivered", () -> othersHeard(onewrite));
      assertTrue(firstRow("sender|slow").isAfter(floor()));

      slow.countDown();

      Await.until("it is delivered", () -> heard(onewrite, "slow").size() == OF_THE_STUCK);
      assertEquals(numbers(OF_THE_STUCK), heard(onewrite, "slow"));
      Await.until("the floor is at the end", () -> !tail().bound().isAfter(floor()));
    } finally {
      slow.countDown();
    }
  }

  private static void say(Onewrite onewrite, String sender, int count) {
    Ref<DeliveryTest.SenderMessage> ref = onewrite.ref(DeliveryTest.SENDER, sender);
    List<CompletableFuture<?>> said = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      said.add(ref.tell(new DeliveryTest.Say(number)).toCompletableFuture());
    }
    CompletableFuture.allOf(said.toArray(CompletableFuture[]::new)).join();
  }

  private static void sayOfOthers(Onewrite onewrite) {
    for (int sender = 0; sender < SENDERS; sender++) {
      say(onewrite, "s" + sender, EACH);
    }
  }

  private boolean othersHeard(Onewrite onewrite) {
    return IntStream.range(0, SENDERS)
        .allMatch(sender -> heard(onewrite, "s" + sender).equals(numbers(EACH)));
  }

  private List<String> heard(Onewrite onewrite, String by) {
    return onewrite
        .ref(listener, by)
        .ask(new DeliveryTest.WhatWasSaid(), DeliveryTest.Heard.class)
        .handle((heard, busy) -> busy == null ? heard.sayings() : List.<String>of())
        .toCompletableFuture()
        .join();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private Position firstRow(String persistenceId) {
    return tail().read(Position.START, SliceRange.ALL, 10_000).stream()
        .filter(row -> row.row().persistenceId().equals(persistenceId))
        .findFirst()
        .orElseThrow()
        .position();
  }

  private Tail tail() {
    return opened.get().tail();
  }

  private Position floor() {
    return opened.get().offsets().floor("listener");
  }

  private Onewrite node() {
    return Onewrite.builder()
        .component(DeliveryTest.SENDER)
        .component(listener)
        .directory(directory)
        .store(new Shown())
        .durability("shown")
        .set("onewrite.outbox.window", WINDOW)
        .set("onewrite.outbox.redelivery.first", "20ms")
        .set("onewrite.outbox.redelivery.max", "200ms")
        .start();
  }

  /** The usual store, of which the test sees the floor. */
  private final class Shown implements StoreProvider {

    @Override
    public String name() {
      return "shown";
    }

    @Override
    public Store open(Config config, Faults faults) {
      Store store = new SqliteStoreProvider().open(config, faults);
      opened.set(store);
      return store;
    }
  }
}
