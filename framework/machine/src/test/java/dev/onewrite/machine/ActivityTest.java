package dev.onewrite.machine;

import static dev.onewrite.machine.Charts.BACK;
import static dev.onewrite.machine.Charts.GO;
import static dev.onewrite.machine.Charts.NOW;
import static dev.onewrite.machine.Charts.after;
import static dev.onewrite.machine.Charts.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.machine.Charts.Back;
import dev.onewrite.machine.Charts.Event;
import dev.onewrite.machine.Charts.Go;
import dev.onewrite.machine.Charts.Log;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code invoke}: starts, results, failures, time-outs, and what is void. */
final class ActivityTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Machine<String, Log, Event> SAVER =
      machine(
          m ->
              m.initial("idle")
                  .state("idle", s -> s.on(Go.class, t -> t.target("saving")))
                  .state(
                      "saving",
                      s ->
                          s.onEntry(a -> a.assign(log -> log.add("saving")))
                              .on(Back.class, t -> t.target("idle"))
                              .invoke(
                                  "save",
                                  log -> "in:" + log,
                                  i ->
                                      i.onDone(
                                              Integer.class,
                                              t ->
                                                  t.when((log, n) -> n > 0)
                                                      .target("saved")
                                                      .assign((log, n) -> log.add("n" + n)))
                                          .onDone(
                                              String.class,
                                              t -> t.assign((log, text) -> log.add(text)))
                                          .onError(
                                              t ->
                                                  t.target("failed")
                                                      .assign(
                                                          (log, failure) ->
                                                              log.add(failure.kind())))
                                          .timeout(MINUTE))
                              .invoke(
                                  "watch",
                                  log -> 1,
                                  i ->
                                      i.onDone(
                                          t -> t.assign((log, any) -> log.add("watched " + any)))))
                  .state("saved")
                  .state("failed"));

  private static final Snapshot<String, Log> SAVING = after(SAVER, GO).snapshot();

  @Test
  void invoke_onEntry_startsWithInputOfTheContextThen() {
    Step<String, Log, Event> step = after(SAVER, GO);

    assertEquals(
        List.of(
            new Effect.ActivityStarted("saving#1/save", "save", "in:saving"),
            new Effect.TimerStarted("saving#1/save/timeout", MINUTE, null),
            new Effect.ActivityStarted("saving#1/watch", "watch", 1)),
        step.effects());
    assertEquals(List.of("saving#1/save", "saving#1/watch"), step.snapshot().activities());
  }

  @Test
  void invoke_stateLeft_stopsAndVoidsTheResult() {
    Step<String, Log, Event> left = SAVER.transition(SAVING, BACK, NOW);

    Step<String, Log, Event> late = SAVER.done(left.snapshot(), "saving#1/save", 1, NOW);

    assertEquals(
        List.of(
            new Effect.TimerCancelled("saving#1/save/timeout"),
            new Effect.ActivityStopped("saving#1/save"),
            new Effect.ActivityStopped("saving#1/watch")),
        left.effects());
    assertFalse(late.taken());
    assertEquals(left.snapshot(), late.snapshot());
    assertFalse(SAVER.failed(left.snapshot(), "saving#1/save", new Failure("x", ""), NOW).taken());
  }

  @Test
  void result_ofItsType_takesOnDoneOnce() {
    Step<String, Log, Event> done = SAVER.done(SAVING, "saving#1/save", 7, NOW);

    assertEquals(List.of("saved"), done.snapshot().leaves());
    assertEquals("saving n7", done.snapshot().context().toString());
    assertEquals(
        List.of(
            new Effect.TimerCancelled("saving#1/save/timeout"),
            new Effect.ActivityStopped("saving#1/watch")),
        done.effects());
    assertFalse(SAVER.done(done.snapshot(), "saving#1/save", 7, NOW).taken());
  }

  @Test
  void result_targetless_endsTheActivityAndStays() {
    Step<String, Log, Event> done = SAVER.done(SAVING, "saving#1/save", "text", NOW);

    assertEquals("saving text", done.snapshot().context().toString());
    assertEquals(List.of("saving#1/watch"), done.snapshot().activities());
    assertEquals(List.of(), done.snapshot().timers());
  }

  @Test
  void result_guardFails_endsTheActivityAndIsNotTaken() {
    Step<String, Log, Event> done = SAVER.done(SAVING, "saving#1/save", 0, NOW);

    assertFalse(done.taken());
    assertEquals(List.of("saving#1/watch"), done.snapshot().activities());
    assertEquals(List.of(new Effect.TimerCancelled("saving#1/save/timeout")), done.effects());
  }

  @Test
  void failure_withoutOnError_endsTheActivityAndIsNotTaken() {
    Step<String, Log, Event> failed =
        SAVER.failed(SAVING, "saving#1/watch", new Failure("x", ""), NOW);

    assertFalse(failed.taken());
    assertEquals(List.of("saving#1/save"), failed.snapshot().activities());
  }

  @Test
  void result_ofUndeclaredType_isRefused() {
    MachineException refused =
        assertThrows(MachineException.class, () -> SAVER.done(SAVING, "saving#1/save", 1.5, NOW));

    MachineException none =
        assertThrows(MachineException.class, () -> SAVER.done(SAVING, "saving#1/save", null, NOW));

    assertEquals("OW013", refused.code());
    assertTrue(refused.getMessage().contains("java.lang.Double"), refused.getMessage());
    assertTrue(none.getMessage().contains("returned null"), none.getMessage());
  }

  @Test
  void result_null_isTakenByAnUntypedOnDone() {
    Step<String, Log, Event> done = SAVER.done(SAVING, "saving#1/watch", null, NOW);

    assertEquals("saving watched null", done.snapshot().context().toString());
    assertEquals(List.of("saving#1/save"), done.snapshot().activities());
    assertEquals(List.of("saving#1/save/timeout"), done.snapshot().timers());
  }

  @Test
  void failure_takesOnError() {
    Step<String, Log, Event> failed =
        SAVER.failed(SAVING, "saving#1/save", Failure.of(new IllegalStateException("down")), NOW);

    assertEquals(List.of("failed"), failed.snapshot().leaves());
    assertEquals("saving IllegalStateException", failed.snapshot().context().toString());
    assertEquals("", Failure.of(new RuntimeException()).message());
    assertFalse(SAVER.failed(SAVING, "saving#1/watch", new Failure("x", ""), NOW).taken());
  }

  @Test
  void timeout_firstToCome_failsAndStopsTheActivity() {
    Step<String, Log, Event> late = SAVER.fire(SAVING, "saving#1/save/timeout", NOW);

    assertEquals("saving timeout", late.snapshot().context().toString());
    assertEquals(
        List.of(
            new Effect.ActivityStopped("saving#1/save"),
            new Effect.ActivityStopped("saving#1/watch")),
        late.effects());
    assertFalse(SAVER.done(late.snapshot(), "saving#1/save", 1, NOW).taken());
  }

  @Test
  void invoke_sameStateInAnotherStay_hasAnotherId() {
    Step<String, Log, Event> again = after(SAVER, GO, BACK, GO);

    assertEquals(List.of("saving#2/save", "saving#2/watch"), again.snapshot().activities());
    assertFalse(SAVER.done(again.snapshot(), "saving#1/save", 1, NOW).taken());
  }
}
