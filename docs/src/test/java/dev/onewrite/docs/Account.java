package dev.onewrite.docs;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;

/** What a component of one's own needs beside the quickstart: guards, refusals, sends. */
final class Account {

  private Account() {}

  enum Phase {
    NEW,
    OPEN
  }

  record Balance(long cents) {}

  sealed interface AccountEvent {}

  record Opened(long cents) implements AccountEvent {}

  record Booked(long cents) implements AccountEvent {}

  sealed interface AccountMessage {}

  record Open(long cents) implements AccountMessage {}

  record Transfer(String to, long cents) implements AccountMessage {}

  record Credit(long cents) implements AccountMessage {}

  record ReadBalance() implements AccountMessage {}

  record Refused(String why) {}

  // snippet: account
  static final Machine<Phase, Balance, AccountEvent> MACHINE =
      Machine.define(
          "account",
          Phase.class,
          AccountEvent.class,
          () -> new Balance(0),
          m ->
              m.initial(Phase.NEW)
                  .state(
                      Phase.NEW,
                      s ->
                          s.on(
                              Opened.class,
                              t -> t.target(Phase.OPEN).assign((b, e) -> new Balance(e.cents()))))
                  .state(
                      Phase.OPEN,
                      s ->
                          s.on(
                              Booked.class,
                              t ->
                                  t.when("enough money", (b, e) -> b.cents() + e.cents() >= 0)
                                      .assign((b, e) -> new Balance(b.cents() + e.cents())))));

  static final Component<AccountMessage> ACCOUNT =
      Component.define("account", AccountMessage.class)
          .machine(MACHINE)
          .strict()
          .on(
              Open.class,
              (turn, open) -> {
                turn.machine().send(new Opened(open.cents()));
                turn.reply(turn.machine().context());
              })
          .on(
              Transfer.class,
              (turn, transfer) -> {
                Booked debit = new Booked(-transfer.cents());
                if (!turn.machine().can(debit)) { // not open, or the guard says no
                  turn.reply(new Refused("not enough money"));
                  return;
                }
                turn.machine().send(debit);
                turn.send(new Address("account", transfer.to()), new Credit(transfer.cents()));
                turn.reply(turn.machine().context());
              })
          .on(Credit.class, (turn, credit) -> turn.machine().send(new Booked(credit.cents())))
          .answer(ReadBalance.class, (view, question) -> view.context())
          .build();
  // end
}
