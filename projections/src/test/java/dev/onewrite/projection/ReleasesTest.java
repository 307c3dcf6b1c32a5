package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.component.ComponentBuilder;
import dev.onewrite.component.Incident;
import dev.onewrite.machine.Machine;
import dev.onewrite.machine.MachineBuilder;
import dev.onewrite.machine.Mistake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one release waits for and another does not define: kept while both have the same version,
 * dropped, in a batch, by one of a higher version.
 */
final class ReleasesTest {

  enum Order {
    OPEN,
    WAITING,
    REMINDED,
    PAID
  }

  record Paid(String receipt) {}

  record Bill(int amount) {}

  sealed interface OrderEvent {}

  record Begin() implements OrderEvent {}

  sealed interface OrderMessage {}

  record Place() implements OrderMessage {}

  record Touch() implements OrderMessage {}

  record Look() implements OrderMessage {}

  record Seen(String state) {}

  /** Each reminder, and each payment, is what one release has and the other lacks. */
  private enum Has {
    REMINDER,
    PAYMENT,
    NEITHER
  }

  private static Machine<Order, Paid, OrderEvent> machine(Has has, int version) {
    Consumer<MachineBuilder<Order, Paid, OrderEvent>> definition =
        m ->
            m.initial(Order.OPEN)
                .version(version)
                .allow(Mistake.Kind.UNREACHABLE_STATE)
                .state(Order.OPEN, s -> s.on(Begin.class, t -> t.target(Order.WAITING)))
                .state(
                    Order.WAITING,
                    s -> {
                      if (has == Has.REMINDER) {
                        s.after(Duration.ofHours(1), t -> t.target(Order.REMINDED));
                      } else if (has == Has.PAYMENT) {
                        s.invoke(
                            "pay",
                            paid -> new Bill(7),
                            i ->
                                i.onDone(
                                        Paid.class,
                                        t -> t.target(Order.PAID).assign((old, paid) -> paid))
                                    .onError(t -> t.target(Order.OPEN)));
                      }
                    })
                .state(Order.REMINDED)
                .state(Order.PAID);
    return Machine.define("order", Order.class, OrderEvent.class, () -> new Paid(""), definition);
  }

  private Component<OrderMessage> order(Has has, int version, boolean answers) {
    return order(has, version, answers, has == Has.PAYMENT);
  }

  /** The activity, whatever the states have. */
  private Component<OrderMessage> withPayment(Has has) {
    return order(has, 1, true, true);
  }

  private Component<OrderMessage> order(Has has, int version, boolean answers, boolean pays) {
    ComponentBuilder<OrderMessage, Order, Paid, OrderEvent> builder =
        Component.define("order", OrderMessage.class)
            .machine(machine(has, version))
            .on(Place.class, (turn, place) -> turn.machine().send(new Begin()))
            .on(Touch.class, (turn, touch) -> {})
            .answer(Look.class, (view, look) -> new Seen(view.state().name()));
    if (pays) {
      builder.activity(
          "pay",
          Bill.class,
          Paid.class,
          (call, bill) -> {
            calls.add(call.idempotencyKey());
            if (!answers) {
              new CountDownLatch(1).await(); // until the process ends
            }
            return new Paid("for " + bill.amount());
          });
    }
    // One that all releases have: without any, nothing runs that could settle a call.
    return builder
        .activity("print", Bill.class, Paid.class, (call, bill) -> new Paid("printed"))
        .build();
  }

  private static final Clock NOW = Clock.systemUTC();
  private static final Clock LATER = Clock.offset(NOW, Duration.ofHours(2));

  @TempDir Path directory;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Incident> incidents = new CopyOnWriteArrayList<>();

  @Test
  void timer_thatThisReleaseLacks_waitsForTheOneThatHasIt() {
    placed(Has.REMINDER);

    try (Onewrite onewrite = start(order(Has.NEITHER, 1, true), LATER)) {
      Ref<OrderMessage> one = onewrite.ref(order(Has.NEITHER, 1, true), "1");
      one.tell(new Touch()).toCompletableFuture().join(); // its batch keeps the timer
      Await.until("it was refused", () -> refused("OW015"));
      assertEquals("WAITING", look(one));
    }

    try (Onewrite onewrite = start(order(Has.REMINDER, 1, true), LATER)) {
      Ref<OrderMessage> one = onewrite.ref(order(Has.REMINDER, 1, true), "1");
      Await.until("it fired", () -> look(one).equals("REMINDED"));
    }
  }

  @Test
  void timer_thatANewerVersionLeavesOut_isSpentInABatch() {
    placed(Has.REMINDER);

    try (Onewrite onewrite = start(order(Has.NEITHER, 2, true), LATER)) {
      Ref<OrderMessage> one = onewrite.ref(order(Has.NEITHER, 2, true), "1");
      Await.until("it is spent", () -> onewrite.history(one.address()).size() == 2);
      assertEquals("WAITING", look(one));
    }
    assertEquals(List.of(), incidents);
  }

  @Test
  void activity_thatThisReleaseLacks_waitsForTheOneThatHasIt() {
    placed(Has.PAYMENT);

    try (Onewrite onewrite = start(order(Has.NEITHER, 1, true), NOW)) {
      Ref<OrderMessage> one = onewrite.ref(order(Has.NEITHER, 1, true), "1");
      one.tell(new Touch()).toCompletableFuture().join(); // its batch keeps the activity
      Await.until("it was refused", () -> refused("OW015"));
    }

    try (Onewrite onewrite = start(order(Has.PAYMENT, 1, true), NOW)) {
      Ref<OrderMessage> one = onewrite.ref(order(Has.PAYMENT, 1, true), "1");
      Await.until("it was paid", () -> look(one).equals("PAID"));
    }
    assertEquals(1, calls.stream().distinct().count());
  }

  @Test
  void activity_thatANewerVersionLeavesOut_isOverInABatch() {
    placed(Has.PAYMENT);

    try (Onewrite onewrite = start(order(Has.NEITHER, 2, true), NOW)) {
      Ref<OrderMessage> one = onewrite.ref(order(Has.NEITHER, 2, true), "1");
      Await.until("it is over", () -> onewrite.history(one.address()).size() == 2);
      assertEquals("WAITING", look(one));
    }
    assertEquals(List.of(), incidents);
  }

  @Test
  void activity_thatTheStateLacks_isNotCalledThoughTheComponentHasIt() {
    placed(Has.PAYMENT);
    calls.clear();
    Component<OrderMessage> other = withPayment(Has.NEITHER);

    try (Onewrite onewrite = start(other, NOW)) {
      onewrite.ref(other, "1").tell(new Touch()).toCompletableFuture().join();
      Await.until("it was refused", () -> refused("OW015"));
    }
    assertEquals(List.of(), calls);
  }

  /** An order that waits, of a process that ended meanwhile. */
  private void placed(Has has) {
    Component<OrderMessage> order = order(has, 1, false);
    try (Onewrite onewrite = start(order, NOW)) {
      Ref<OrderMessage> one = onewrite.ref(order, "1");
      one.tell(new Place()).toCompletableFuture().join();
      assertEquals("WAITING", look(one));
    }
  }

  private boolean refused(String code) {
    return incidents.stream().anyMatch(incident -> incident.text().contains(code));
  }

  private Onewrite start(Component<OrderMessage> order, Clock clock) {
    return Onewrite.builder()
        .component(order)
        .directory(directory)
        .clock(clock)
        .onError(incidents::add)
        .start();
  }

  private static String look(Ref<OrderMessage> order) {
    return order.ask(new Look(), Seen.class).toCompletableFuture().join().state();
  }
}
