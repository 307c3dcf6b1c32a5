package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** An application that does a little of everything, for stores to look at. */
final class Shop {

  static final int ORDERS = 3;
  static final int TURNS = 7;

  record Place(int item) {}

  record Reserve(int item) {}

  record Placed(int item) {}

  record Ask(int item) {}

  record Answered(int item) {}

  record Remind() {}

  record Count(int turns) {

    Count more() {
      return new Count(turns + 1);
    }
  }

  static final Component<Object> ORDER =
      Component.define("order", Object.class)
          .context(() -> new Count(0))
          .on(
              Place.class,
              (turn, place) -> {
                turn.assign(Count::more);
                turn.send(new Address("stock", "s"), new Reserve(place.item()));
                turn.send(new Address("stock", "s"), new Reserve(-place.item()));
                turn.emit(new Placed(place.item()));
                turn.timers().start("remind", Duration.ofDays(1), new Remind());
                turn.reply(new Answered(place.item()));
              })
          .on(Remind.class, (turn, remind) -> {})
          .build();

  static final Component<Object> STOCK =
      Component.define("stock", Object.class)
          .context(() -> new Count(0))
          .on(Reserve.class, (turn, reserve) -> turn.assign(Count::more))
          .build();

  /** A later release of the stock. */
  static final Component<Object> STOCK_THAT_LISTENS =
      Component.define("stock", Object.class)
          .context(() -> new Count(0))
          .on(Reserve.class, (turn, reserve) -> turn.assign(Count::more))
          .subscribe(Placed.class, placed -> "s", (turn, placed) -> turn.assign(Count::more))
          .build();

  static final Component<Object> AUDIT =
      Component.define("audit", Object.class)
          .context(() -> new Count(0))
          .subscribe(Placed.class, placed -> "all", (turn, placed) -> turn.assign(Count::more))
          .build();

  static final Component<Object> CALLER =
      Component.define("caller", Object.class)
          .context(() -> new Count(0))
          .on(Ask.class, (turn, ask) -> turn.invoke("call", ask))
          .activity("call", Ask.class, Answered.class, (call, ask) -> new Answered(ask.item()))
          .onResult(Answered.class, (turn, answered) -> turn.assign(Count::more))
          .onResult(dev.onewrite.component.ActivityFailed.class, (turn, failed) -> {})
          .build();

  private Shop() {}

  /** The components of the shop, on a store that is still to be named. */
  static Onewrite.Builder builder() {
    return Onewrite.builder()
        .component(ORDER)
        .component(STOCK)
        .component(AUDIT)
        .component(CALLER)
        .set("onewrite.snapshot-every", 5)
        .set("onewrite.outbox.workers", 2);
  }

  /** Places orders, and returns when all that comes of them is done and stored. */
  static void work(Onewrite onewrite, Onewrite.Builder store) {
    List<CompletableFuture<Answered>> placed =
        IntStream.range(0, ORDERS * TURNS).mapToObj(i -> place(onewrite, i)).toList();
    placed.forEach(CompletableFuture::join);
    onewrite.ref(CALLER, "c").tell(new Ask(1)).toCompletableFuture().join();
    await(
        () ->
            onewrite.history(new Address("stock", "s")).size() == 2 * ORDERS * TURNS
                && onewrite.history(new Address("audit", "all")).size() == ORDERS * TURNS
                && onewrite.history(new Address("caller", "c")).size() == 2);
    try (Inspection inspection = store.inspect()) {
      await(() -> inspection.outbox().stream().allMatch(lag -> lag.behind() == 0));
    }
  }

  private static CompletableFuture<Answered> place(Onewrite onewrite, int i) {
    Ref<Object> order = onewrite.ref(ORDER, "o" + i % ORDERS);
    return order.ask(new Place(i + 1), Answered.class, "request-" + i).toCompletableFuture();
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the shop was not done within a minute");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
