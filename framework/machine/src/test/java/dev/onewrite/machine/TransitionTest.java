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
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.machine.Charts.Back;
import dev.onewrite.machine.Charts.Event;
import dev.onewrite.machine.Charts.Go;
import dev.onewrite.machine.Charts.Key;
import dev.onewrite.machine.Charts.Log;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which transition is taken, and what it leaves and enters. */
final class TransitionTest {

  @Test
  void event_ofSubclass_isTakenBySuperType() {
    Machine<String, Log, Event> machine =
        machine(
            m -> m.initial("a").state("a", s -> s.on(Key.class, t -> t.target("b"))).state("b"));

    Step<String, Log, Event> key = after(machine, BACK);
    Step<String, Log, Event> other = after(machine, STOP);

    assertEquals(List.of("b"), key.snapshot().leaves());
    assertFalse(other.taken());
  }

  @Test
  void onAny_afterOthers_takesTheRest() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.on(Go.class, t -> t.target("b")).onAny(t -> t.target("c")))
                    .state("b")
                    .state("c"));

    Step<String, Log, Event> go = after(machine, GO);
    Step<String, Log, Event> stop = after(machine, STOP);

    assertEquals(List.of("b"), go.snapshot().leaves());
    assertEquals(List.of("c"), stop.snapshot().leaves());
  }

  @Test
  void guards_inDocumentOrder_firstThatPassesWins() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.on(
                                    Go.class,
                                    t -> t.when("many", (log, go) -> go.count() > 5).target("b"))
                                .on(
                                    Go.class,
                                    t ->
                                        t.when(log -> true)
                                            .when((log, go) -> go.count() > 2)
                                            .target("c"))
                                .on(Go.class, t -> t.target("d")))
                    .state("b")
                    .state("c")
                    .state("d"));

    List<List<String>> reached =
        List.of(
            after(machine, new Go(6)).snapshot().leaves(),
            after(machine, new Go(3)).snapshot().leaves(),
            after(machine, new Go(1)).snapshot().leaves());

    assertEquals(List.of(List.of("b"), List.of("c"), List.of("d")), reached);
  }

  @Test
  void guardOfMoment_readsTimeAndStates() {
    Instant noon = NOW;
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
                                    t.when(
                                            "late",
                                            (log, go, at) -> at.in("a") && at.now().isAfter(noon))
                                        .assign((log, go, at) -> log.add(at.now().toString()))
                                        .target("b")))
                    .state("b"));
    Snapshot<String, Log> start = machine.start().snapshot();

    Step<String, Log, Event> early = machine.transition(start, GO, noon);
    Step<String, Log, Event> late = machine.transition(start, GO, noon.plusSeconds(1));

    assertFalse(early.taken());
    assertEquals("2026-03-01T12:00:01Z", late.snapshot().context().toString());
    assertFalse(machine.can(start, GO, noon));
    assertTrue(machine.can(start, GO, noon.plusSeconds(1)));
  }

  @Test
  void whenIn_otherRegion_decides() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.parallel()
                    .state(
                        "A",
                        r ->
                            r.initial("a1")
                                .state("a1", s -> s.on(Go.class, t -> t.target("a2")))
                                .state("a2"))
                    .state(
                        "B",
                        r ->
                            r.initial("b1")
                                .state(
                                    "b1", s -> s.on(Back.class, t -> t.whenIn("a2").target("b2")))
                                .state("b2")));

    Step<String, Log, Event> before = after(machine, BACK);
    Step<String, Log, Event> afterwards = after(machine, GO, BACK);

    assertFalse(before.taken());
    assertEquals(List.of("a2", "b2"), afterwards.snapshot().leaves());
    assertEquals("in a2", afterwards.transitions().get(0).guard());
  }

  @Test
  void forbid_inInnerState_keepsOuterFromIt() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("p")
                    .state(
                        "p",
                        p ->
                            p.initial("a")
                                .on(Go.class, t -> t.target("out"))
                                .on(Back.class, t -> t.target("b"))
                                .state("a", s -> s.forbid(Go.class))
                                .state("b"))
                    .state("out"));

    Step<String, Log, Event> inA = after(machine, GO);
    Step<String, Log, Event> inB = after(machine, BACK, GO);

    assertFalse(inA.taken());
    assertEquals(machine.start().snapshot(), inA.snapshot());
    assertEquals(List.of("out"), inB.snapshot().leaves());
    assertEquals(Set.of(Back.class), machine.next(machine.start().snapshot()));
  }

  @Test
  void forbid_inOneRegion_overridesTheOuterHandlerButNotTheOtherRegion() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("p")
                    .parallel(
                        "p",
                        p ->
                            p.on(Go.class, t -> t.target("out"))
                                .state("a", s -> s.forbid(Go.class))
                                .state(
                                    "B",
                                    r ->
                                        r.initial("b1")
                                            .state("b1", s -> s.on(Go.class, t -> t.target("b2")))
                                            .state("b2")))
                    .state("out"));

    Step<String, Log, Event> first = after(machine, GO);
    Step<String, Log, Event> second = after(machine, GO, GO);

    assertEquals(List.of("a", "b2"), first.snapshot().leaves());
    assertFalse(second.taken());
  }

  @Test
  void target_insideItsOwnState_doesNotLeaveIt() {
    Machine<String, Log, Event> machine = selfish(false);

    Step<String, Log, Event> inner = after(machine, GO);
    Step<String, Log, Event> self = after(machine, BACK);

    assertEquals("+p init +a -a +b", inner.snapshot().context().toString());
    assertEquals("+p init +a -a init +a", self.snapshot().context().toString());
  }

  @Test
  void reenter_leavesAndEntersItsOwnState() {
    Machine<String, Log, Event> machine = selfish(true);

    Step<String, Log, Event> inner = after(machine, GO);
    Step<String, Log, Event> self = after(machine, BACK);

    assertEquals("+p init +a -a -p +p +b", inner.snapshot().context().toString());
    assertEquals("+p init +a -a -p +p init +a", self.snapshot().context().toString());
  }

  private static Machine<String, Log, Event> selfish(boolean reenter) {
    return machine(
        m ->
            m.initial("p")
                .state(
                    "p",
                    logged(
                        "p",
                        p -> {
                          p.initial("a").onInitial(a -> a.assign(log -> log.add("init")));
                          p.state("a", logged("a")).state("b", logged("b"));
                          p.on(Go.class, t -> (reenter ? t.reenter() : t).target("b"));
                          p.on(Back.class, t -> (reenter ? t.reenter() : t).target("p"));
                        })));
  }

  @Test
  void selfTarget_ofLeaf_runsItsActionsOnly() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        logged(
                            "a",
                            s ->
                                s.on(Go.class, t -> t.target("a").assign(log -> log.add("go")))
                                    .on(
                                        Back.class,
                                        t ->
                                            t.target("a")
                                                .reenter()
                                                .assign(log -> log.add("back"))))));

    Step<String, Log, Event> internal = after(machine, GO);
    Step<String, Log, Event> external = after(machine, BACK);

    assertTrue(internal.taken());
    assertEquals("+a go", internal.snapshot().context().toString());
    assertEquals("+a -a back +a", external.snapshot().context().toString());
  }

  @Test
  void siblingRegions_underAParallelAncestor_areLeftWithoutTheAncestor() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("p")
                    .parallel(
                        "p",
                        logged(
                            "p",
                            p ->
                                p.state("a", logged("a", s -> s.on(Go.class, t -> t.target("b1"))))
                                    .state(
                                        "B",
                                        logged(
                                            "B",
                                            r ->
                                                r.initial("b0")
                                                    .state("b0", logged("b0"))
                                                    .state("b1", logged("b1")))))));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals("+p +a +B +b0 -b0 -B -a +a +B +b1", step.snapshot().context().toString());
    assertEquals(List.of("a", "b1"), step.snapshot().leaves());
  }

  @Test
  void regions_takingTogether_leaveAllThenActThenEnterAll() {
    Machine<String, Log, Event> machine =
        machine(m -> m.parallel().state("A", region("a")).state("B", region("b")));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals("+a1 +b1 -b1 -a1 a! b! +a2 +b2", step.snapshot().context().toString());
    assertEquals(1, step.microsteps());
    assertEquals(
        List.of("a1/Go", "b1/Go"), step.transitions().stream().map(Transition::id).toList());
  }

  private static Consumer<StateBuilder<String, Log, Event>> region(String id) {
    return r ->
        r.initial(id + "1")
            .state(
                id + "1",
                logged(
                    id + "1",
                    s -> s.on(Go.class, t -> t.target(id + "2").assign(log -> log.add(id + "!")))))
            .state(id + "2", logged(id + "2"));
  }

  @Test
  void regions_oneTargetless_bothAct() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.parallel()
                    .state("a", s -> s.on(Go.class, t -> t.assign(log -> log.add("noted"))))
                    .state("B", region("b")));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals("+b1 -b1 noted b! +b2", step.snapshot().context().toString());
  }

  @Test
  void questions_answerFromTheSnapshot() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("p")
                    .state(
                        "p",
                        p ->
                            p.initial("a")
                                .tag("busy")
                                .state("a", s -> s.on(Go.class, t -> t.target("b"))))
                    .state("b", s -> s.tag("calm", "done")));
    Snapshot<String, Log> snapshot = machine.start().snapshot();

    Snapshot<String, Log> moved = after(machine, GO).snapshot();

    assertEquals(Set.of("p", "a"), snapshot.configuration());
    assertTrue(machine.in(snapshot, "p") && machine.matches(snapshot, "p", "a"));
    assertFalse(machine.matches(snapshot, "p", "b"));
    assertTrue(machine.hasTag(snapshot, "busy") && machine.hasTag(moved, "done"));
    assertFalse(machine.hasTag(moved, "busy"));
    assertEquals(List.of("busy"), machine.tags(List.of("a")));
    assertEquals(List.of("calm", "done"), machine.tags(List.of("b", "b", "unknown")));
    assertEquals(Set.of(Go.class), machine.next(snapshot));
    assertEquals(Set.of(), machine.next(moved));
  }

  @Test
  void configuration_ofMoreStatesThanAWord_works() {
    Machine<String, Log, Event> machine =
        machine(
            m -> {
              m.initial("s0");
              for (int i = 0; i < 200; i++) {
                int next = (i + 67) % 200;
                m.state("s" + i, s -> s.on(Go.class, t -> t.target("s" + next)));
              }
            });

    Step<String, Log, Event> step = after(machine, GO, GO, GO, GO);

    assertEquals(List.of("s68"), step.snapshot().leaves());
    assertEquals(Set.of("s68"), step.snapshot().configuration());
  }

  @Test
  void target_insideOneRegion_entersTheOthersAtTheirInitial() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.on(Go.class, t -> t.target("y2")))
                    .parallel(
                        "p",
                        p ->
                            p.state("X", r -> r.initial("x1").state("x1").state("x2"))
                                .state("Y", r -> r.initial("y1").state("y1").state("y2"))));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals(List.of("x1", "y2"), step.snapshot().leaves());
  }
}
