package dev.onewrite.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The first machine of the documentation: flat, with an assign, a timer and a final state. */
final class FormTest {
  enum Phase {
    EDITING,
    SAVING,
    SAVED
  }

  record Draft(String data, String id) {
    static Draft empty() {
      return new Draft("", "");
    }

    Draft with(String newData) {
      return new Draft(newData, id);
    }

    Draft savedAs(String newId) {
      return new Draft(data, newId);
    }
  }

  sealed interface FormEvent {}

  record SaveStarted(String data) implements FormEvent {}

  record SaveSucceeded(String id) implements FormEvent {}

  static final Machine<Phase, Draft, FormEvent> MACHINE =
      Machine.define(
          "form",
          Phase.class,
          FormEvent.class,
          Draft::empty,
          m ->
              m.initial(Phase.EDITING)
                  .state(
                      Phase.EDITING,
                      s ->
                          s.on(
                              SaveStarted.class,
                              t ->
                                  t.target(Phase.SAVING)
                                      .assign((draft, e) -> draft.with(e.data()))))
                  .state(
                      Phase.SAVING,
                      s ->
                          s.on(
                                  SaveSucceeded.class,
                                  t ->
                                      t.target(Phase.SAVED)
                                          .assign((draft, e) -> draft.savedAs(e.id())))
                              .after(Duration.ofSeconds(30), t -> t.target(Phase.EDITING)))
                  .finalState(Phase.SAVED));

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void event_taken_movesAssignsAndStartsTimer() {
    Snapshot<Phase, Draft> editing = MACHINE.start().snapshot();

    Step<Phase, Draft, FormEvent> step = MACHINE.transition(editing, new SaveStarted("x"), NOW);

    assertTrue(step.taken());
    assertEquals(List.of(Phase.SAVING), step.snapshot().leaves());
    assertEquals("x", step.snapshot().context().data());
    assertEquals(
        List.of(new Effect.TimerStarted("SAVING#1/after-0", Duration.ofSeconds(30), null)),
        step.effects());
    assertEquals(Set.of(SaveSucceeded.class), MACHINE.next(step.snapshot()));
  }

  @Test
  void event_notExpected_isNotTaken() {
    Snapshot<Phase, Draft> editing = MACHINE.start().snapshot();

    Step<Phase, Draft, FormEvent> step = MACHINE.transition(editing, new SaveSucceeded("1"), NOW);

    assertFalse(step.taken());
    assertEquals(editing, step.snapshot());
    assertFalse(MACHINE.can(editing, new SaveSucceeded("1")));
  }

  @Test
  void finalState_reached_cancelsTheTimerAndEndsTheMachine() {
    Snapshot<Phase, Draft> saving =
        MACHINE.transition(MACHINE.start().snapshot(), new SaveStarted("x"), NOW).snapshot();

    Step<Phase, Draft, FormEvent> step = MACHINE.transition(saving, new SaveSucceeded("7"), NOW);

    assertTrue(step.snapshot().isDone());
    assertEquals(List.of(new Effect.TimerCancelled("SAVING#1/after-0")), step.effects());
    assertFalse(MACHINE.transition(step.snapshot(), new SaveStarted("y"), NOW).taken());
  }

  @Test
  void timer_fired_movesBackOnce() {
    Snapshot<Phase, Draft> saving =
        MACHINE.transition(MACHINE.start().snapshot(), new SaveStarted("x"), NOW).snapshot();

    Step<Phase, Draft, FormEvent> fired = MACHINE.fire(saving, "SAVING#1/after-0", NOW);

    assertEquals(List.of(Phase.EDITING), fired.snapshot().leaves());
    assertFalse(MACHINE.fire(fired.snapshot(), "SAVING#1/after-0", NOW).taken());
  }
}
