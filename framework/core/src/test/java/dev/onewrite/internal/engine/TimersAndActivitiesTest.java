package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.NOW;
import static dev.onewrite.internal.engine.Forms.RETAINED;
import static dev.onewrite.internal.engine.Forms.codec;
import static dev.onewrite.internal.engine.Forms.open;
import static dev.onewrite.internal.engine.Forms.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.internal.engine.Forms.Tally;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.TimerSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a handler waits for: set in the batch, awaited once, void when nobody waits. */
final class TimersAndActivitiesTest {

  @SuppressWarnings("unchecked") // the builder's types are the definition's
  private static final Component.Definition<String, Tally, Object> BUSY =
      (Component.Definition<String, Tally, Object>)
          Component.define("busy", Note.class)
              .context(() -> new Tally(0))
              .on(Note.class, (turn, note) -> {})
              .onResult(ActivityFailed.class, (turn, failed) -> {})
              .activity("save", Note.class, Note.class, (call, note) -> note)
              .onResult(Note.class, (turn, note) -> {})
              .build()
              .definition();

  private final EntityState<String, Tally, Object> state =
      new EntityState<>(new Address("busy", "1"), BUSY, codec(), RETAINED);

  private Batch turn(Cause cause, Consumer<OpenTurn<String, Tally, Object>> handler) {
    OpenTurn<String, Tally, Object> turn = open(state, cause);
    handler.accept(turn);
    Batch batch = turn.close();
    state.apply(batch);
    return batch;
  }

  private Batch turn(String request, Consumer<OpenTurn<String, Tally, Object>> handler) {
    return turn(request(request), handler);
  }

  private static void remind(OpenTurn<String, Tally, Object> turn) {
    turn.timers().start("remind", Duration.ofSeconds(5), new Note("well?"));
  }

  @Test
  void timer_started_isInTheBatchAndPending() {
    TimerSet timer = turn("1", TimersAndActivitiesTest::remind).timers().get(0);

    assertEquals("remind", timer.name());
    assertEquals(NOW.plusSeconds(5), timer.due());
    assertTrue(state.isPending(timer.id()));
    assertEquals(Optional.of(codec().encode(new Note("well?"))), state.timerMessage(timer.id()));
    assertFalse(state.handledBefore(new Cause.Fired(timer.id())));
  }

  @Test
  void timer_fired_isSpentAndItsSecondFiringVoid() {
    TimerSet timer = turn("1", TimersAndActivitiesTest::remind).timers().get(0);
    Cause.Fired fired = new Cause.Fired(timer.id());

    turn(fired, turn -> {});

    assertTrue(state.handledBefore(fired));
    assertFalse(state.isPending(timer.id()));
  }

  @Test
  void timer_startedAgainWhenItFires_isAnotherOne() {
    TimerSet first = turn("1", TimersAndActivitiesTest::remind).timers().get(0);

    Batch batch = turn(new Cause.Fired(first.id()), TimersAndActivitiesTest::remind);

    assertNotEquals(first.id(), batch.timers().get(0).id());
    assertFalse(state.isPending(first.id()));
    assertTrue(state.isPending(batch.timers().get(0).id()));
  }

  @Test
  void timer_startedUnderANameThatIsPending_replacesIt() {
    TimerSet first = turn("1", TimersAndActivitiesTest::remind).timers().get(0);

    Batch batch = turn("2", TimersAndActivitiesTest::remind);

    assertEquals(List.of(first.id()), batch.cancelled());
    assertFalse(state.isPending(first.id()));
    assertTrue(state.handledBefore(new Cause.Fired(first.id())));
  }

  @Test
  void timer_startedAndCancelledInOneTurn_leavesNothing() {
    Batch batch =
        turn(
            "1",
            turn -> {
              remind(turn);
              remind(turn);
              assertTrue(turn.timers().cancel("remind"));
              assertFalse(turn.timers().cancel("remind"));
            });

    assertEquals(List.of(), batch.timers());
    assertEquals(List.of(), batch.cancelled());
  }

  @Test
  void timersOfOneTurn_always_haveIdsOfTheirOwn() {
    Batch batch =
        turn(
            "1",
            turn -> {
              turn.timers().start("a", Duration.ZERO, new Note("a"));
              turn.timers().start("b", Duration.ZERO, new Note("b"));
              turn.timers().cancel("a");
              turn.timers().start("c", Duration.ZERO, new Note("c"));
              turn.timers().start("a", Duration.ZERO, new Note("a"));
            });

    assertEquals(3, batch.timers().stream().map(TimerSet::id).distinct().count());
    batch.timers().forEach(timer -> assertTrue(state.isPending(timer.id())));
  }

  @Test
  void timer_underANameThatCannotBeKept_isRefused() {
    OpenTurn<String, Tally, Object> turn = open(state, request("1"));

    for (String name : new String[] {"", "x".repeat(201), "\0"}) {
      RefusedException e =
          assertThrows(
              RefusedException.class,
              () -> turn.timers().start(name, Duration.ZERO, new Note("x")));
      assertEquals("OW101", e.code());
    }
  }

  @Test
  void activity_started_isAnOutgoingAndAwaitedOnce() {
    Batch batch = turn("1", turn -> turn.invoke("save", new Note("x")));
    Outgoing.Invoked invoked = (Outgoing.Invoked) batch.outgoings().get(0);
    Cause.Completed completed = new Cause.Completed(invoked.activityId());

    assertEquals("save", invoked.name());
    assertEquals(codec().encode(new Note("x")), invoked.payload());
    assertFalse(state.handledBefore(completed));
    turn(completed, turn -> {});

    assertTrue(state.handledBefore(completed));
  }

  @Test
  void activities_ofAllTurns_haveIdsOfTheirOwn() {
    Consumer<OpenTurn<String, Tally, Object>> twice =
        turn -> {
          turn.invoke("save", new Note("x"));
          turn.invoke("save", new Note("x"));
        };

    Batch first = turn("1", twice);
    Batch second = turn("2", twice);

    assertEquals(
        4,
        List.of(first, second).stream()
            .flatMap(batch -> batch.outgoings().stream())
            .map(outgoing -> ((Outgoing.Invoked) outgoing).activityId())
            .distinct()
            .count());
  }

  @Test
  void activity_unknownOrOfAnotherInput_failsTheTurnAlsoIfTheHandlerGoesOn() {
    OpenTurn<String, Tally, Object> unknown = open(state, request("1"));
    OpenTurn<String, Tally, Object> otherInput = open(state, request("2"));

    assertThrows(RefusedException.class, () -> unknown.invoke("load", new Note("x")));
    assertThrows(RefusedException.class, () -> otherInput.invoke("save", new Tally(1)));

    assertEquals("OW118", assertThrows(RefusedException.class, unknown::close).code());
    assertEquals("OW118", assertThrows(RefusedException.class, otherInput::close).code());
  }

  @Test
  void whatIsAwaited_restored_isAwaitedStill() {
    TimerSet timer = turn("1", TimersAndActivitiesTest::remind).timers().get(0);
    Batch invoked = turn("2", turn -> turn.invoke("save", new Note("x")));
    String activity = ((Outgoing.Invoked) invoked.outgoings().get(0)).activityId();
    EntityState<String, Tally, Object> restored =
        new EntityState<>(new Address("busy", "1"), BUSY, codec(), RETAINED);

    restored.restore(state.stored());

    assertEquals(state.stored(), restored.stored());
    assertFalse(restored.handledBefore(new Cause.Fired(timer.id())));
    assertFalse(restored.handledBefore(new Cause.Completed(activity)));
    assertEquals(state.timerMessage(timer.id()), restored.timerMessage(timer.id()));
  }
}
