package dev.onewrite.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AtTest {

  private static final Instant NOW = Instant.EPOCH;

  enum Stage {
    OPEN,
    WORKING,
    ASKING,
    CALLING,
    DONE
  }

  private static final Machine<Stage, String, Object> MACHINE =
      Machine.define(
          "at",
          Stage.class,
          Object.class,
          () -> "",
          m ->
              m.initial(Stage.OPEN)
                  .state(Stage.OPEN, s -> s.on(String.class, t -> t.target(Stage.WORKING)))
                  .state(
                      Stage.WORKING,
                      s ->
                          s.onEntry(a -> a.assign((c, e) -> c + " entered"))
                              .initial(Stage.ASKING)
                              .state(
                                  Stage.ASKING,
                                  a -> a.after(Duration.ofSeconds(5), t -> t.target(Stage.CALLING)))
                              .state(
                                  Stage.CALLING,
                                  c ->
                                      c.invoke(
                                          "call",
                                          context -> context,
                                          i -> i.onDone(t -> t.target(Stage.DONE)))))
                  .finalState(Stage.DONE));

  @Test
  void compoundState_begunAt_isAtItsInitialStateWithItsTimerAndRanNoAction() {
    Step<Stage, String, Object> step = MACHINE.at(Set.of(Stage.WORKING), "given", NOW);

    assertEquals(List.of(Stage.ASKING), step.snapshot().leaves());
    assertEquals("given", step.snapshot().context());
    assertEquals(1, step.effects().size());
    Step<Stage, String, Object> fired =
        MACHINE.fire(step.snapshot(), step.snapshot().timers().get(0), NOW);
    assertEquals(List.of(Stage.CALLING), fired.snapshot().leaves());
  }

  @Test
  void stateThatCalls_begunAt_awaitsTheResult() {
    Step<Stage, String, Object> step = MACHINE.at(Set.of(Stage.CALLING), "given", NOW);

    String activity = step.snapshot().activities().get(0);
    assertTrue(MACHINE.done(step.snapshot(), activity, "result", NOW).snapshot().isDone());
  }

  @Test
  void finalState_begunAt_isDone() {
    Snapshot<Stage, String> snapshot = MACHINE.at(Set.of(Stage.DONE), "given", NOW).snapshot();

    assertTrue(snapshot.isDone());
    assertFalse(MACHINE.can(snapshot, "event"));
  }

  @Test
  void statesOfOneCompound_begunAtTogether_areRefused() {
    assertThrows(
        MachineException.class, () -> MACHINE.at(Set.of(Stage.OPEN, Stage.WORKING), "given", NOW));
  }
}
