package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.component.Component;
import dev.onewrite.journal.Position;
import dev.onewrite.machine.Machine;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.TailRow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The message of a timer that its entity has left comes all the same, from whoever was slow. */
final class LeftTimerTest {

  enum Phase {
    IDLE,
    WAITING,
    LATE
  }

  sealed interface Event {}

  record Moved() implements Event {}

  record Nothing() {}

  sealed interface Message {}

  record Move() implements Message {}

  record Where() implements Message {}

  record Here(Phase phase) {}

  private static final Machine<Phase, Nothing, Event> MACHINE =
      Machine.define(
          "waiter",
          Phase.class,
          Event.class,
          Nothing::new,
          m ->
              m.initial(Phase.IDLE)
                  .state(Phase.IDLE, s -> s.on(Moved.class, t -> t.target(Phase.WAITING)))
                  .state(
                      Phase.WAITING,
                      s ->
                          s.on(Moved.class, t -> t.target(Phase.IDLE))
                              .after(Duration.ofHours(1), t -> t.target(Phase.LATE)))
                  .finalState(Phase.LATE));

  private static final Component<Message> WAITER =
      Component.define("waiter", Message.class)
          .machine(MACHINE)
          .on(Move.class, (turn, move) -> turn.machine().send(new Moved()))
          .answer(Where.class, (view, where) -> new Here(view.state()))
          .build();

  private final TestStore store = new TestStore();

  @Test
  void timer_ofAStateThatWasLeftAndEnteredAgain_isSettledWithoutEffect() {
    try (Onewrite node = Counters.node(store, WAITER).start()) {
      Ref<Message> waiter = node.ref(WAITER, "one");
      Await.value(waiter.tell(new Move()));
      PendingTimer left = timer(store.rows("waiter|one").size());
      Await.value(waiter.tell(new Move()));

      Await.value(alarms().fire(left));
      assertEquals(new Here(Phase.IDLE), Await.value(waiter.ask(new Where(), Here.class)));
      Await.value(waiter.tell(new Move()));
      Await.value(alarms().fire(left));

      assertEquals(new Here(Phase.WAITING), Await.value(waiter.ask(new Where(), Here.class)));
      assertEquals(3, store.rows("waiter|one").size(), "a late timer is no turn");

      PendingTimer pending = timer(3);
      Await.value(alarms().fire(pending));
      assertEquals(new Here(Phase.LATE), Await.value(waiter.ask(new Where(), Here.class)));
    }
  }

  private Alarms alarms() {
    return TestForwarderProvider.setup(store).alarms();
  }

  /** The timer that this row of the entity has set. */
  private PendingTimer timer(int number) {
    JournalRow row = store.rows("waiter|one").get(number - 1);
    return alarms().change(new TailRow(Position.of(0, number), row)).set().get(0);
  }
}
