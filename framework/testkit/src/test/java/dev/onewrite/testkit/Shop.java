package dev.onewrite.testkit;

import dev.onewrite.component.Activity;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Orders that are charged at a bank, and a ledger that hears of what was paid. */
final class Shop {

  enum Stage {
    OPEN,
    CHARGING,
    PAID,
    REFUSED
  }

  record Order(long cents, String receipt) {}

  sealed interface OrderEvent {}

  record Checkout(long cents) implements OrderEvent {}

  sealed interface OrderMessage {}

  record Buy(long cents) implements OrderMessage {}

  record Remind() implements OrderMessage {}

  record Total() implements OrderMessage {}

  /** Pays at once, in the turn: for drills. */
  record PayNow(long cents) implements OrderMessage {}

  record Bought(long cents) {}

  record Charge(long cents) {}

  record Charged(String receipt) {}

  record OrderPaid(String order, long cents) {}

  record Reminded(String order) {}

  interface Bank {
    String charge(long cents, String idempotencyKey);
  }

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
                                                          (o, r) ->
                                                              new Order(o.cents(), r.receipt())))
                                          .onError(t -> t.target(Stage.REFUSED)))
                              .after(Duration.ofMinutes(1), t -> t.target(Stage.REFUSED)))
                  .state(Stage.PAID)
                  .finalState(Stage.REFUSED));

  static Component<OrderMessage> order(Bank bank) {
    return Component.define("order", OrderMessage.class)
        .machine(MACHINE)
        .on(
            Buy.class,
            (turn, buy) -> {
              if (buy.cents() < 0) {
                throw new IllegalArgumentException("less than nothing");
              }
              if (turn.machine().send(new Checkout(buy.cents()))) {
                turn.timers().start("reminder", Duration.ofDays(1), new Remind());
                turn.emit(new Bought(buy.cents()));
                turn.send(new Address("ledger", "all"), new Note("bought"));
              }
              turn.reply(new Bought(buy.cents()));
            })
        .on(Remind.class, (turn, remind) -> turn.emit(new Reminded(turn.self().entityId())))
        .onBlocking(
            PayNow.class,
            (turn, pay) -> {
              bank.charge(pay.cents(), turn.idempotencyKey());
              turn.emit(new OrderPaid(turn.self().entityId(), pay.cents()));
            })
        .answer(Total.class, (view, question) -> new Bought(view.context().cents()))
        .activity(
            "charge",
            Charge.class,
            Charged.class,
            (call, charge) -> new Charged(bank.charge(charge.cents(), call.idempotencyKey())),
            Activity.Policy.DEFAULT)
        .build();
  }

  sealed interface LedgerMessage {}

  record Note(String text) implements LedgerMessage {}

  record ReadLedger() implements LedgerMessage {}

  record Lines(List<String> texts) {

    Lines with(String text) {
      List<String> all = new ArrayList<>(texts);
      all.add(text);
      return new Lines(all);
    }
  }

  static final Component<LedgerMessage> LEDGER =
      Component.define("ledger", LedgerMessage.class)
          .context(() -> new Lines(List.of()))
          .on(Note.class, (turn, note) -> turn.assign(lines -> lines.with(note.text())))
          .subscribe(
              OrderPaid.class,
              paid -> "all",
              (turn, paid) ->
                  turn.assign(lines -> lines.with(paid.order() + " paid " + paid.cents())))
          .answer(ReadLedger.class, (view, question) -> view.context())
          .build();

  private Shop() {}
}
