package dev.onewrite.docs;

import dev.onewrite.component.Activity;
import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import java.time.Duration;

/** What the README shows beside the quickstart. */
final class Features {

  private Features() {}

  enum Stage {
    OPEN,
    CHARGING,
    PAID,
    REFUSED
  }

  record Order(int cents, String receipt) {}

  record Charge(int cents) {}

  record Charged(String receipt) {}

  sealed interface OrderEvent {}

  record Checkout(int cents) implements OrderEvent {}

  // snippet: invoke
  static final Machine<Stage, Order, OrderEvent> MACHINE =
      Machine.define(
          "order",
          Stage.class,
          OrderEvent.class,
          () -> new Order(0, ""),
          m ->
              m.initial(Stage.OPEN)
                  .state(
                      Stage.OPEN,
                      s ->
                          s.on(
                              Checkout.class,
                              t ->
                                  t.target(Stage.CHARGING)
                                      .assign((o, e) -> new Order(e.cents(), ""))))
                  .state(
                      Stage.CHARGING,
                      s ->
                          s.invoke(
                              "charge",
                              order -> new Charge(order.cents()),
                              i ->
                                  i.onDone(
                                          Charged.class,
                                          t ->
                                              t.target(Stage.PAID)
                                                  .assign(
                                                      (o, r) -> new Order(o.cents(), r.receipt())))
                                      .onError(t -> t.target(Stage.REFUSED))
                                      .timeout(Duration.ofMinutes(1))))
                  .finalState(Stage.PAID)
                  .finalState(Stage.REFUSED));

  // end

  sealed interface OrderMessage {}

  record Buy(int cents) implements OrderMessage {}

  record Remind() implements OrderMessage {}

  /** The outside service. */
  interface Bank {
    String charge(int cents, String idempotencyKey);
  }

  static Component<OrderMessage> order(Bank bank) {
    // snippet: activity
    return Component.define("order", OrderMessage.class)
        .machine(MACHINE)
        .on(
            Buy.class,
            (turn, buy) -> {
              turn.machine().send(new Checkout(buy.cents())); // the call starts after the commit
              turn.timers().start("reminder", Duration.ofDays(1), new Remind());
            })
        .on(Remind.class, (turn, remind) -> turn.emit(remind))
        .activity(
            "charge",
            Charge.class,
            Charged.class,
            (call, charge) -> new Charged(bank.charge(charge.cents(), call.idempotencyKey())),
            new Activity.Policy(
                5, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(10)))
        .onResult(ActivityFailed.class, (turn, failed) -> {}) // of turn.invoke(...), not used here
        .build();
    // end
  }
}
