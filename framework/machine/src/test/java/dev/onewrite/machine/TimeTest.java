package dev.onewrite.machine;

import static dev.onewrite.machine.Charts.BACK;
import static dev.onewrite.machine.Charts.GO;
import static dev.onewrite.machine.Charts.NOW;
import static dev.onewrite.machine.Charts.STOP;
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
import dev.onewrite.machine.Charts.Note;
import dev.onewrite.machine.Charts.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Time as effects: {@code after}, delayed raises, cancelling. */
final class TimeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Machine<String, Log, Event> BLINKER =
      machine(
          m ->
              m.initial("on")
                  .state(
                      "on",
                      s ->
                          s.after(SECOND, t -> t.target("off"))
                              .after(
                                  SECOND.multipliedBy(2), t -> t.when(log -> false).target("off"))
                              .on(Back.class, t -> t.target("on").reenter())
                              .on(Go.class, t -> t.target("off")))
                  .state("off", s -> s.on(Go.class, t -> t.target("on"))));

  @Test
  void after_onEntry_startsTimersUniqueToThisStay() {
    Step<String, Log, Event> first = BLINKER.start();

    Step<String, Log, Event> again = after(BLINKER, GO, GO);

    assertEquals(List.of("on#1/after-0", "on#1/after-1"), first.snapshot().timers());
    assertEquals(List.of("on#2/after-0", "on#2/after-1"), again.snapshot().timers());
  }

  @Test
  void after_stateLeft_cancelsItsTimers() {
    Step<String, Log, Event> left = after(BLINKER, GO);

    assertEquals(
        List.of(
            new Effect.TimerCancelled("on#1/after-0"), new Effect.TimerCancelled("on#1/after-1")),
        left.effects());
    assertEquals(List.of(), left.snapshot().timers());
  }

  @Test
  void after_fired_takesItsTransitionAndCancelsTheOthers() {
    Step<String, Log, Event> fired = BLINKER.fire(BLINKER.start().snapshot(), "on#1/after-0", NOW);

    assertTrue(fired.taken());
    assertEquals(List.of("off"), fired.snapshot().leaves());
    assertEquals(List.of(new Effect.TimerCancelled("on#1/after-1")), fired.effects());
  }

  @Test
  void after_guardFails_isSpentAndNotTaken() {
    Snapshot<String, Log> start = BLINKER.start().snapshot();

    Step<String, Log, Event> fired = BLINKER.fire(start, "on#1/after-1", NOW);

    assertFalse(fired.taken());
    assertEquals(List.of("on#1/after-0"), fired.snapshot().timers());
    assertEquals(List.of("on"), fired.snapshot().leaves());
  }

  @Test
  void after_ofAPreviousStay_isIgnored() {
    Snapshot<String, Log> secondStay = after(BLINKER, BACK).snapshot();

    Step<String, Log, Event> late = BLINKER.fire(secondStay, "on#1/after-0", NOW);
    Step<String, Log, Event> due = BLINKER.fire(secondStay, "on#2/after-0", NOW);

    assertFalse(late.taken());
    assertEquals(secondStay, late.snapshot());
    assertTrue(due.taken());
  }

  @Test
  void after_computed_readsContextAfterEntryAndTime() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.onEntry(a -> a.assign(log -> log.add("x")))
                                .after(
                                    log -> SECOND.multipliedBy(log.lines().size() * 3L),
                                    t -> t.target("b"))
                                .after(
                                    (log, now) -> Duration.between(now, NOW.plusSeconds(9)),
                                    t -> t.target("b")))
                    .state("b"));

    Step<String, Log, Event> step = machine.start(Log.EMPTY, NOW);

    assertEquals(
        List.of(
            new Effect.TimerStarted("a#1/after-0", SECOND.multipliedBy(3), null),
            new Effect.TimerStarted("a#1/after-1", SECOND.multipliedBy(9), null)),
        step.effects());
  }

  @Test
  void after_computedNegative_isRefused() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.after(log -> SECOND.negated(), t -> t.target("b")))
                    .state("b"));

    MachineException refused = assertThrows(MachineException.class, machine::start);

    assertEquals("OW011", refused.code());
    assertEquals("test", refused.machine());
  }

  @Test
  void after_zero_waitsForTheRunner() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.after(Duration.ZERO, t -> t.target("b")))
                    .state("b"));

    Step<String, Log, Event> start = machine.start();

    assertEquals(List.of("a"), start.snapshot().leaves());
    assertEquals(
        List.of("b"), machine.fire(start.snapshot(), "a#1/after-0", NOW).snapshot().leaves());
  }

  @Test
  void stateOnlyPassedThrough_startsAndCancelsNothing() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.on(Go.class, t -> t.target("b")))
                    .state(
                        "b",
                        s ->
                            s.after(SECOND, t -> t.target("a"))
                                .invoke("call", log -> "in", i -> i.timeout(SECOND))
                                .always(t -> t.target("c")))
                    .state("c"));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals(List.of(), step.effects());
    assertEquals(List.of(), step.snapshot().timers());
    assertEquals(List.of(), step.snapshot().activities());
  }

  private static final Machine<String, Log, Event> REMINDERS =
      machine(
          m ->
              m.initial("a")
                  .state(
                      "a",
                      s ->
                          s.on(Go.class, t -> t.raise(new Note("ping"), SECOND, "ping").target("b"))
                              .on(Note.class, t -> t.assign((log, note) -> log.add(note.text()))))
                  .state(
                      "b",
                      s ->
                          s.on(
                                  Go.class,
                                  t ->
                                      t.raise(
                                          (log, go) -> new Note("late" + go.count()),
                                          (log, go) -> SECOND.multipliedBy(go.count()),
                                          "ping"))
                              .on(Back.class, t -> t.cancel("ping").cancel("unknown"))
                              .on(Note.class, t -> t.assign((log, note) -> log.add(note.text())))
                              .on(
                                  Stop.class,
                                  t ->
                                      t.raise(STOP, SECOND)
                                          .raise(
                                              (log, stop) -> new Note("x"), (log, stop) -> SECOND)
                                          .target("c")))
                  .state(
                      "c",
                      s ->
                          s.on(Stop.class, t -> t.target("end"))
                              .on(Note.class, t -> t.assign(log -> log.add("c"))))
                  .finalState("end"));

  @Test
  void delayedRaise_outlivesItsStateAndRaisesItsEvent() {
    Step<String, Log, Event> started = after(REMINDERS, GO);

    Step<String, Log, Event> fired = REMINDERS.fire(started.snapshot(), "ping#1", NOW);

    assertEquals(
        List.of(new Effect.TimerStarted("ping#1", SECOND, new Note("ping"))), started.effects());
    assertEquals(
        Optional.of(new Note("ping")), ((Effect.TimerStarted) started.effects().get(0)).raised());
    assertTrue(fired.taken());
    assertEquals("ping", fired.snapshot().context().toString());
    assertFalse(REMINDERS.fire(fired.snapshot(), "ping#1", NOW).taken());
  }

  @Test
  void delayedRaise_sameName_replacesThePendingOne() {
    Step<String, Log, Event> replaced = after(REMINDERS, GO, new Go(3));

    assertEquals(
        List.of(
            new Effect.TimerCancelled("ping#1"),
            new Effect.TimerStarted("ping#2", SECOND.multipliedBy(3), new Note("late3"))),
        replaced.effects());
    assertEquals(List.of("ping#2"), replaced.snapshot().timers());
  }

  @Test
  void cancel_pending_cancelsIt_andNothingElse() {
    Step<String, Log, Event> cancelled = after(REMINDERS, GO, BACK);

    Step<String, Log, Event> again = after(REMINDERS, GO, BACK, BACK);

    assertEquals(List.of(new Effect.TimerCancelled("ping#1")), cancelled.effects());
    assertEquals(List.of(), again.effects());
    assertTrue(again.taken());
  }

  @Test
  void delayedRaise_withoutName_mayBePendingSeveralTimes() {
    Step<String, Log, Event> stopped = after(REMINDERS, GO, STOP);

    assertEquals(List.of("ping#1", "raise#2", "raise#3"), stopped.snapshot().timers());
  }

  @Test
  void end_ofTheMachine_cancelsWhatIsPending() {
    Snapshot<String, Log> pending = after(REMINDERS, GO, STOP).snapshot();

    Step<String, Log, Event> ended = REMINDERS.fire(pending, "raise#2", NOW);

    assertTrue(ended.snapshot().isDone());
    assertEquals(
        List.of(new Effect.TimerCancelled("ping#1"), new Effect.TimerCancelled("raise#3")),
        ended.effects());
    assertFalse(REMINDERS.fire(ended.snapshot(), "raise#3", NOW).taken());
  }

  @Test
  void regions_oneLeft_keepsTheTimersAndActivitiesOfTheOther() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.parallel()
                    .state("A", waiting("a", Go.class))
                    .state("B", waiting("b", Back.class)));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals(List.of("b1#2/after-0"), step.snapshot().timers());
    assertEquals(List.of("b1#2/call"), step.snapshot().activities());
    assertEquals(
        List.of(new Effect.TimerCancelled("a1#1/after-0"), new Effect.ActivityStopped("a1#1/call")),
        step.effects());
  }

  private static <X extends Event> Consumer<StateBuilder<String, Log, Event>> waiting(
      String id, Class<X> event) {
    return r ->
        r.initial(id + "1")
            .state(
                id + "1",
                s ->
                    s.after(SECOND, t -> t.target(id + "2"))
                        .invoke("call", log -> 1, i -> {})
                        .on(event, t -> t.target(id + "2")))
            .state(id + "2");
  }

  @Test
  void passedThrough_whileOthersStart_takesBackOnlyItsOwn() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.on(Go.class, t -> t.raise(STOP, SECOND, "x").target("b")))
                    .state("b", s -> s.after(SECOND, t -> t.target("a")).always(t -> t.target("c")))
                    .state("c", s -> s.after(SECOND, t -> t.target("a"))));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals(
        List.of(
            new Effect.TimerStarted("x#1", SECOND, STOP),
            new Effect.TimerStarted("c#3/after-0", SECOND, null)),
        step.effects());
  }

  @Test
  void raise_delayedByARule_asksForTheTimeAndTheActiveStates() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.on(
                                Go.class,
                                t ->
                                    t.raise(
                                            (log, go, moment) -> moment.in("a") ? STOP : BACK,
                                            (log, go, moment) ->
                                                Duration.between(NOW, moment.now()))
                                        .raise(
                                            (log, go, moment) -> BACK,
                                            (log, go, moment) -> SECOND,
                                            "named"))));

    Step<String, Log, Event> gone =
        machine.transition(machine.start().snapshot(), GO, NOW.plusSeconds(3));

    assertEquals(
        List.of(
            new Effect.TimerStarted("raise#1", Duration.ofSeconds(3), STOP),
            new Effect.TimerStarted("named#2", SECOND, BACK)),
        gone.effects());
  }
}
