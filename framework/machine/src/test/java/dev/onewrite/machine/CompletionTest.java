package dev.onewrite.machine;

import static dev.onewrite.machine.Charts.BACK;
import static dev.onewrite.machine.Charts.GO;
import static dev.onewrite.machine.Charts.NOW;
import static dev.onewrite.machine.Charts.STOP;
import static dev.onewrite.machine.Charts.after;
import static dev.onewrite.machine.Charts.logged;
import static dev.onewrite.machine.Charts.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.machine.Charts.Back;
import dev.onewrite.machine.Charts.Event;
import dev.onewrite.machine.Charts.Go;
import dev.onewrite.machine.Charts.Log;
import dev.onewrite.machine.Charts.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Final states, {@code onDone}, output, the machine's end, and the bound of a step. */
final class CompletionTest {

  @Test
  void compound_finalChildEntered_givesItsOutputToOnDone() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("p")
                    .state(
                        "p",
                        p ->
                            p.initial("a")
                                .state("a", s -> s.on(Go.class, t -> t.target("end")))
                                .finalState(
                                    "end",
                                    s ->
                                        s.onEntry(a -> a.assign(log -> log.add("end")))
                                            .output(log -> "out:" + log))
                                .onDone(
                                    t ->
                                        t.target("next")
                                            .assign((log, out) -> log.add(String.valueOf(out)))))
                    .state("next"));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals(List.of("next"), step.snapshot().leaves());
    assertEquals("end out:end", step.snapshot().context().toString());
    assertFalse(step.snapshot().isDone());
  }

  @Test
  void parallel_allRegionsDone_completesOutwardsWithoutOutput() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("p")
                    .parallel(
                        "p",
                        p ->
                            p.parallel(
                                    "q",
                                    q ->
                                        q.state("r1", region("a", Go.class))
                                            .state("r2", region("b", Back.class)))
                                .state("r3", region("c", Go.class))
                                .onDone(
                                    t -> t.target("next").assign((log, out) -> log.add("p " + out)))
                                .onDone("q", t -> t.assign(log -> log.add("q"))))
                    .state("next", s -> s.onDone("r1", t -> t.target("p"))));

    Step<String, Log, Event> half = after(machine, GO);
    Step<String, Log, Event> all = after(machine, GO, BACK);

    assertEquals(List.of("a2", "b1", "c2"), half.snapshot().leaves());
    assertEquals(List.of("next"), all.snapshot().leaves());
    assertEquals("q p null", all.snapshot().context().toString());
  }

  private static <X extends Event> Consumer<StateBuilder<String, Log, Event>> region(
      String id, Class<X> event) {
    return r ->
        r.initial(id + "1")
            .state(id + "1", s -> s.on(event, t -> t.target(id + "2")))
            .finalState(id + "2");
  }

  @Test
  void rootRegions_allDone_endTheMachine() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.parallel()
                    .state("r1", region("a", Go.class))
                    .state("r2", region("b", Back.class)));

    Step<String, Log, Event> half = after(machine, GO);
    Step<String, Log, Event> all = after(machine, GO, BACK);

    assertFalse(half.snapshot().isDone());
    assertTrue(all.snapshot().isDone());
    assertEquals(Optional.empty(), all.snapshot().output());
  }

  private static final Machine<String, Log, Event> ENDING =
      machine(
          m ->
              m.initial("a")
                  .state(
                      "a",
                      logged(
                          "a",
                          s ->
                              s.on(Go.class, t -> t.raise(BACK).target("end"))
                                  .invoke("x", log -> 1, i -> {})))
                  .finalState("end", logged("end", s -> s.output(log -> log.lines().size())))
                  .on(Back.class, t -> t.target("a")));

  @Test
  void topLevelFinal_entered_endsTheMachineAndDropsWhatWasRaised() {
    Step<String, Log, Event> ended = after(ENDING, GO);

    assertTrue(ended.snapshot().isDone());
    assertEquals(Optional.of(3), ended.snapshot().output());
    assertEquals("+a -a +end", ended.snapshot().context().toString());
    assertEquals(List.of(new Effect.ActivityStopped("a#1/x")), ended.effects());
    assertTrue(ended.snapshot().toString().contains("done"));
  }

  @Test
  void event_toAFinishedMachine_isNotTakenOrRefusedIfStrict() {
    Snapshot<String, Log> ended = after(ENDING, GO).snapshot();

    Step<String, Log, Event> ignored = ENDING.transition(ended, BACK, NOW);
    MachineException refused =
        assertThrows(MachineException.class, () -> ENDING.require(ended, BACK, NOW));

    assertFalse(ignored.taken());
    assertEquals(ended, ignored.snapshot());
    assertFalse(ENDING.can(ended, BACK));
    assertTrue(ENDING.next(ended).isEmpty());
    assertEquals("OW008", refused.code());
  }

  @Test
  void require_takenOrNot_passesOrRefuses() {
    Snapshot<String, Log> start = ENDING.start().snapshot();

    Step<String, Log, Event> taken = ENDING.require(start, GO, NOW);
    MachineException refused =
        assertThrows(MachineException.class, () -> ENDING.require(start, STOP, NOW));

    assertTrue(taken.taken());
    assertEquals("OW012", refused.code());
    assertTrue(refused.getMessage().contains("[a] takes no Stop"), refused.getMessage());
  }

  private static Machine<String, Log, Event> counting(int rounds) {
    return Machine.define(
        "counting",
        String.class,
        Event.class,
        () -> Log.EMPTY,
        m ->
            m.allow(Charts.SMALL)
                .initial("a")
                .state(
                    "a",
                    s ->
                        s.on(Go.class, t -> t.assign(log -> log.add("x")))
                            .always(
                                t ->
                                    t.when(
                                            log ->
                                                !log.lines().isEmpty()
                                                    && log.lines().size() < rounds)
                                        .assign(log -> log.add("x")))));
  }

  @Test
  void microsteps_underAndAtTheBound_areTaken() {
    Step<String, Log, Event> under = after(counting(Machine.MICROSTEPS_MAX - 1), GO);

    Step<String, Log, Event> at = after(counting(Machine.MICROSTEPS_MAX), GO);

    assertEquals(Machine.MICROSTEPS_MAX - 1, under.microsteps());
    assertEquals(Machine.MICROSTEPS_MAX, at.microsteps());
    assertEquals(Machine.MICROSTEPS_MAX, at.transitions().size());
  }

  @Test
  void microsteps_overTheBound_areRefused() {
    Machine<String, Log, Event> over = counting(Machine.MICROSTEPS_MAX + 1);

    MachineException refused = assertThrows(MachineException.class, () -> after(over, GO));

    assertEquals("OW002", refused.code());
    assertTrue(refused.getMessage().contains("a/always [guarded]"), refused.getMessage());
    assertTrue(refused.getMessage().contains("active then: [a]"), refused.getMessage());
  }

  @Test
  void raise_inACircle_isRefusedToo() {
    Machine<String, Log, Event> machine =
        machine(m -> m.initial("a").state("a", s -> s.on(Stop.class, t -> t.raise(STOP))));

    MachineException refused = assertThrows(MachineException.class, () -> after(machine, STOP));

    assertEquals("OW002", refused.code());
  }

  @Test
  void assign_null_isRefused() {
    Machine<String, Log, Event> machine =
        machine(m -> m.initial("a").state("a", s -> s.on(Go.class, t -> t.assign(log -> null))));

    MachineException refused = assertThrows(MachineException.class, () -> after(machine, GO));

    assertEquals("OW009", refused.code());
    assertTrue(refused.getMessage().contains("a/Go"), refused.getMessage());
  }

  @Test
  void effects_comeInTheOrderDone() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.onExit(a -> a.emit(log -> "exit"))
                                .on(
                                    Go.class,
                                    t ->
                                        t.emit((log, go) -> "go" + go.count())
                                            .send(log -> "to", log -> "one")
                                            .send((log, go) -> go.count(), (log, go) -> "two")
                                            .target("b")))
                    .state(
                        "b",
                        s ->
                            s.onEntry(a -> a.emit(log -> "entry"))
                                .always(t -> t.emit(log -> "always").target("c")))
                    .state("c"));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals(
        List.of(
            new Effect.Emitted("exit"),
            new Effect.Emitted("go1"),
            new Effect.Sent("to", "one"),
            new Effect.Sent(1, "two"),
            new Effect.Emitted("entry"),
            new Effect.Emitted("always")),
        step.effects());
  }

  @Test
  void effect_match_callsTheFunctionOfItsCase() {
    List<Effect> effects =
        List.of(
            new Effect.Emitted("e"),
            new Effect.Sent("a", "m"),
            new Effect.TimerStarted("t", Duration.ZERO, null),
            new Effect.TimerCancelled("t"),
            new Effect.ActivityStarted("i", "n", 1),
            new Effect.ActivityStopped("i"));

    List<String> cases = effects.stream().map(CompletionTest::name).toList();

    assertEquals(List.of("emitted", "sent", "timer", "cancelled", "activity", "stopped"), cases);
  }

  private static String name(Effect effect) {
    return effect.match(
        e -> "emitted",
        e -> "sent",
        e -> "timer",
        e -> "cancelled",
        e -> "activity",
        e -> "stopped");
  }
}
