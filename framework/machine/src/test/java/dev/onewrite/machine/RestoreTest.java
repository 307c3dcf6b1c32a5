package dev.onewrite.machine;

import static dev.onewrite.machine.Charts.BACK;
import static dev.onewrite.machine.Charts.GO;
import static dev.onewrite.machine.Charts.NOW;
import static dev.onewrite.machine.Charts.STOP;
import static dev.onewrite.machine.Charts.after;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Recorded snapshots: half-way through history, under later definitions, and what is refused. */
final class RestoreTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Machine<String, Log, Event> machine(
      Consumer<MachineBuilder<String, Log, Event>> definition) {
    return Charts.machine(definition);
  }

  /** Two levels with a shallow and a deep history; the leaf b2 waits and calls. */
  private static Machine<String, Log, Event> player(
      Consumer<MachineBuilder<String, Log, Event>> more, String prefix) {
    return machine(
        m -> {
          m.initial(prefix + "p")
              .state(
                  prefix + "p",
                  p ->
                      p.initial("b")
                          .history("shallow")
                          .history(
                              "deep",
                              h ->
                                  h.deep()
                                      .initial("b1")
                                      .onInitial(a -> a.assign(log -> log.add("default"))))
                          .state(
                              "b",
                              b ->
                                  b.initial("b1")
                                      .state(
                                          "b1", s -> s.on(Go.class, t -> t.target(prefix + "b2")))
                                      .state(
                                          prefix + "b2",
                                          s ->
                                              s.after(HOUR, t -> t.target("b1"))
                                                  .invoke(
                                                      "call",
                                                      log -> 1,
                                                      i ->
                                                          i.onDone(t -> t.target("b1"))
                                                              .timeout(HOUR))))
                          .on(Stop.class, t -> t.raise(new Note("n"), HOUR, "note").target("off")))
              .state(
                  "off",
                  s ->
                      s.on(Go.class, t -> t.target("shallow"))
                          .on(Back.class, t -> t.target("deep")));
          more.accept(m);
        });
  }

  private static final Machine<String, Log, Event> PLAYER = player(m -> {}, "");

  @Test
  void history_neverLeft_takesItsDefault() {
    Machine<String, Log, Event> started =
        Charts.machine(
            m ->
                m.initial("off")
                    .state(
                        "off",
                        s -> s.on(Go.class, t -> t.target("h")).on(Back.class, t -> t.target("d")))
                    .state(
                        "p",
                        p ->
                            p.initial("x")
                                .state("x")
                                .state("y")
                                .history("h")
                                .history(
                                    "d",
                                    h ->
                                        h.deep()
                                            .initial("y")
                                            .onInitial(a -> a.assign(log -> log.add("default"))))));

    Step<String, Log, Event> shallow = after(started, GO);
    Step<String, Log, Event> deep = after(started, BACK);

    assertEquals(List.of("x"), shallow.snapshot().leaves());
    assertEquals(List.of("y"), deep.snapshot().leaves());
    assertEquals("default", deep.snapshot().context().toString());
  }

  @Test
  void history_halfWay_survivesStoring() {
    Snapshot<String, Log> off = after(PLAYER, GO, STOP).snapshot();

    Snapshot<String, Log> read = PLAYER.restore(off.recorded(), off.context());

    assertEquals(off, read);
    assertEquals(off.hashCode(), read.hashCode());
    assertEquals(Map.of("shallow", List.of("b"), "deep", List.of("b2")), off.recorded().history());
    assertEquals(List.of("b1"), PLAYER.transition(read, GO, NOW).snapshot().leaves());
    assertEquals(List.of("b2"), PLAYER.transition(read, BACK, NOW).snapshot().leaves());
  }

  @Test
  void recorded_holdsPlainDataOnly() {
    Recorded recorded = after(PLAYER, GO).snapshot().recorded();

    Recorded expected =
        new Recorded(
            "test",
            1,
            List.of("b2"),
            Map.of(),
            List.of(
                new Recorded.Timer("b2#1/after-0", "b2", "after-0", null),
                new Recorded.Timer("b2#1/call/timeout", "b2", "call/timeout", null)),
            List.of(new Recorded.Activity("b2#1/call", "b2", "call")),
            1,
            false,
            null);

    assertEquals(expected, recorded);
  }

  @Test
  void timersAndActivities_restored_goOn() {
    Snapshot<String, Log> playing = after(PLAYER, GO).snapshot();
    Snapshot<String, Log> read = PLAYER.restore(playing.recorded(), playing.context());

    List<Boolean> taken =
        List.of(
            PLAYER.fire(read, "b2#1/after-0", NOW).taken(),
            PLAYER.done(read, "b2#1/call", 1, NOW).taken(),
            PLAYER.fire(read, "b2#1/call/timeout", NOW).taken());

    assertEquals(List.of(true, true, false), taken);
    Snapshot<String, Log> off = after(PLAYER, STOP).snapshot();
    assertEquals(List.of("note#1"), PLAYER.restore(off.recorded(), Log.EMPTY).timers());
  }

  @Test
  void renamed_states_areFoundEverywhere() {
    Machine<String, Log, Event> later =
        player(m -> m.renamed("p", "new-p").renamed("b2", "new-b2"), "new-");
    Snapshot<String, Log> playing = after(PLAYER, GO).snapshot();
    Snapshot<String, Log> off = after(PLAYER, GO, STOP).snapshot();

    Snapshot<String, Log> readPlaying = later.restore(playing.recorded(), playing.context());
    Snapshot<String, Log> readOff = later.restore(off.recorded(), off.context());

    assertEquals(List.of("new-b2"), readPlaying.leaves());
    assertTrue(later.fire(readPlaying, "b2#1/after-0", NOW).taken());
    assertEquals(List.of("new-b2"), later.transition(readOff, BACK, NOW).snapshot().leaves());
  }

  @Test
  void unknownState_withoutMapping_isRefusedNamingBoth() {
    Machine<String, Log, Event> later = player(m -> {}, "new-");
    Recorded playing = after(PLAYER, GO).snapshot().recorded();
    Recorded off = after(PLAYER, GO, STOP).snapshot().recorded();

    MachineException active =
        assertThrows(MachineException.class, () -> later.restore(playing, Log.EMPTY));
    MachineException history =
        assertThrows(MachineException.class, () -> later.restore(off, Log.EMPTY));

    assertEquals("OW005", active.code());
    assertTrue(
        active.getMessage().contains("machine 'test'") && active.getMessage().contains("'b2'"));
    assertTrue(history.getMessage().contains("remembered by deep"), history.getMessage());
  }

  /** As the player, with nothing that takes time. */
  private static Machine<String, Log, Event> timeless(int version) {
    return machine(
        m ->
            m.version(version)
                .initial("p")
                .state(
                    "p",
                    p ->
                        p.initial("b")
                            .state("b", b -> b.initial("b2").state("b2"))
                            .on(Stop.class, t -> t.target("off")))
                .state("off"));
  }

  @Test
  void timersAndActivities_leftOutByANewerVersion_areDropped() {
    Recorded playing = after(PLAYER, GO).snapshot().recorded();

    Snapshot<String, Log> read = timeless(2).restore(playing, Log.EMPTY);

    assertEquals(List.of(), read.timers());
    assertEquals(List.of(), read.activities());
  }

  @Test
  void timersAndActivities_leftOutByTheSameVersion_areKeptAndRefused() {
    Machine<String, Log, Event> other = timeless(1);
    Recorded playing = after(PLAYER, GO).snapshot().recorded();
    Failure failure = new Failure("x", "y");

    Snapshot<String, Log> read = other.restore(playing, Log.EMPTY);

    assertEquals(playing, read.recorded());
    refused("OW015", "timer b2#1/after-0", () -> other.fire(read, "b2#1/after-0", NOW));
    refused("OW015", "timer b2#1/call/timeout", () -> other.fire(read, "b2#1/call/timeout", NOW));
    refused("OW015", "activity b2#1/call,", () -> other.done(read, "b2#1/call", 1, NOW));
    refused("OW015", "activity b2#1/call,", () -> other.failed(read, "b2#1/call", failure, NOW));
  }

  @Test
  void afterWithAName_isKnownAgainWhereverItStands() {
    Duration second = Duration.ofSeconds(1);
    Machine<String, Log, Event> earlier =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.after("first", second, t -> t.target("b"))
                                .after(second, t -> t.target("b"))
                                .after("last", (log, now) -> HOUR, t -> t.target("c")))
                    .state("b")
                    .state("c"));
    Machine<String, Log, Event> later =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.after("last", HOUR, t -> t.target("c"))
                                .after(second, t -> t.target("b")))
                    .state("b")
                    .state("c"));
    Recorded recorded = earlier.start().snapshot().recorded();

    Snapshot<String, Log> read = later.restore(recorded, Log.EMPTY);

    assertEquals(List.of("a#1/after first", "a#1/after-0", "a#1/after last"), read.timers());
    refused("OW015", "'after first'", () -> later.fire(read, "a#1/after first", NOW));
    assertEquals(List.of("b"), later.fire(read, "a#1/after-0", NOW).snapshot().leaves());
    assertEquals(List.of("c"), later.fire(read, "a#1/after last", NOW).snapshot().leaves());
  }

  @Test
  void timeoutOfAnActivity_leftOut_endsWithTheActivity() {
    Machine<String, Log, Event> other =
        machine(
            m ->
                m.initial("p")
                    .state(
                        "p",
                        p ->
                            p.initial("b")
                                .state(
                                    "b",
                                    b ->
                                        b.initial("b2")
                                            .state(
                                                "b2",
                                                s ->
                                                    s.invoke(
                                                        "call",
                                                        log -> 1,
                                                        i -> i.onDone(t -> {}))))));
    Snapshot<String, Log> read = other.restore(after(PLAYER, GO).snapshot().recorded(), Log.EMPTY);

    Snapshot<String, Log> done = other.done(read, "b2#1/call", 1, NOW).snapshot();

    assertEquals(List.of("b2#1/after-0"), done.timers());
  }

  @Test
  void timersAndActivities_leftOut_endWithTheirState() {
    Machine<String, Log, Event> other = timeless(1);
    Recorded playing = after(PLAYER, GO).snapshot().recorded();

    Step<String, Log, Event> left = other.transition(other.restore(playing, Log.EMPTY), STOP, NOW);

    assertEquals(List.of(), left.snapshot().timers());
    assertEquals(List.of(), left.snapshot().activities());
    assertEquals(
        List.of(
            new Effect.TimerCancelled("b2#1/after-0"),
            new Effect.TimerCancelled("b2#1/call/timeout"),
            new Effect.ActivityStopped("b2#1/call")),
        left.effects());
  }

  @Test
  void regionAddedLater_startsAtItsInitialWithoutActions() {
    Machine<String, Log, Event> earlier =
        machine(
            m -> m.initial("p").parallel("p", p -> p.state("r1", r -> r.initial("a").state("a"))));
    Machine<String, Log, Event> later =
        machine(
            m ->
                m.initial("p")
                    .parallel(
                        "p",
                        p ->
                            p.state(
                                    "r1",
                                    r ->
                                        r.initial("a").state("a", a -> a.initial("a1").state("a1")))
                                .state(
                                    "r2",
                                    r ->
                                        r.initial("b")
                                            .onEntry(a -> a.assign(log -> log.add("ran")))
                                            .state("b"))));

    Snapshot<String, Log> read = later.restore(earlier.start().snapshot().recorded(), Log.EMPTY);

    assertEquals(List.of("a1", "b"), read.leaves());
    assertEquals(Log.EMPTY, read.context());
  }

  @Test
  void statesThatExcludeEachOther_areRefused() {
    Machine<String, Log, Event> machine = machine(m -> m.initial("a").state("a").state("b"));
    Recorded both =
        new Recorded("test", 1, List.of("a", "b"), Map.of(), List.of(), List.of(), 0, false, null);
    Recorded outside =
        new Recorded(
            "test",
            1,
            List.of("off"),
            Map.of("deep", List.of("off")),
            List.of(),
            List.of(),
            0,
            false,
            null);
    Recorded onHistory =
        new Recorded("test", 1, List.of("deep"), Map.of(), List.of(), List.of(), 0, false, null);

    List<String> codes =
        List.of(
            assertThrows(MachineException.class, () -> machine.restore(both, Log.EMPTY)).code(),
            assertThrows(MachineException.class, () -> PLAYER.restore(outside, Log.EMPTY)).code(),
            assertThrows(MachineException.class, () -> PLAYER.restore(onHistory, Log.EMPTY))
                .code());

    assertEquals(List.of("OW014", "OW014", "OW005"), codes);
  }

  @Test
  void context_ofEarlierVersions_isMigratedStepByStep() {
    Machine<String, Log, Event> third =
        machine(
            m ->
                m.initial("a")
                    .state("a")
                    .version(4)
                    .contextType(Log.class)
                    .migrate(1, String.class, text -> List.of(text))
                    .migrate(3, List.class, list -> new Log(List.of("from " + list.get(0)))));
    Recorded first =
        new Recorded("test", 1, List.of("a"), Map.of(), List.of(), List.of(), 0, false, null);
    Recorded second =
        new Recorded("test", 2, List.of("a"), Map.of(), List.of(), List.of(), 0, false, null);
    Recorded last =
        new Recorded("test", 4, List.of("a"), Map.of(), List.of(), List.of(), 0, false, null);

    Snapshot<String, Log> read = third.restore(first, "one");

    assertEquals("from one", read.context().toString());
    assertEquals(4, read.version());
    assertEquals("from two", third.restore(second, List.of("two")).context().toString());
    refused("OW007", "recorded in [a] by version 3", () -> third.restore(second, 2));
    refused("OW007", "recorded in [a] by version 4", () -> third.restore(last, "text"));
  }

  @Test
  void recordOfAnotherMachineOrANewerVersion_isRefused() {
    Recorded other =
        new Recorded("other", 1, List.of("a"), Map.of(), List.of(), List.of(), 0, false, null);
    Recorded newer =
        new Recorded("test", 2, List.of("p"), Map.of(), List.of(), List.of(), 0, false, null);

    refused("OW004", "'other' recorded, in [a].", () -> PLAYER.restore(other, Log.EMPTY));
    refused("OW006", "recorded, in [p], by version 2", () -> PLAYER.restore(newer, Log.EMPTY));
  }

  @Test
  void snapshot_ofAnotherDefinition_isRefused() {
    Snapshot<String, Log> foreign = player(m -> {}, "").start().snapshot();

    refused("OW003", "a snapshot, in [b1], that", () -> PLAYER.transition(foreign, GO, NOW));
    assertNotEquals(PLAYER.start().snapshot(), foreign);
    assertEquals(
        "OW010",
        assertThrows(MachineException.class, () -> PLAYER.in(PLAYER.start().snapshot(), "nowhere"))
            .code());
  }

  @Test
  void doneMachine_restored_isStillDone() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.on(Go.class, t -> t.target("end")))
                    .finalState("end", s -> s.output(log -> "bye")));
    Snapshot<String, Log> ended = after(machine, GO).snapshot();

    Snapshot<String, Log> read = machine.restore(ended.recorded(), ended.context());

    assertEquals(ended, read);
    assertEquals("bye", read.output().orElseThrow());
    assertFalse(machine.transition(read, GO, NOW).taken());
  }

  @Test
  void timeLimit_restored_stillEndsItsActivity() {
    Snapshot<String, Log> playing = after(PLAYER, GO).snapshot();

    Snapshot<String, Log> read = PLAYER.restore(playing.recorded(), playing.context());
    Step<String, Log, Event> late = PLAYER.fire(read, "b2#1/call/timeout", NOW);

    assertEquals(playing, read);
    assertEquals(List.of(new Effect.ActivityStopped("b2#1/call")), late.effects());
    assertEquals(List.of("b2#1/after-0"), late.snapshot().timers());
  }

  /** It names the machine, the states and the mend; {@code where} is how it names the states. */
  private static void refused(String code, String where, Executable call) {
    MachineException refused = assertThrows(MachineException.class, call);

    assertEquals(code, refused.code());
    assertTrue(refused.getMessage().contains("machine 'test'"), refused.getMessage());
    assertTrue(refused.getMessage().contains(where), refused.getMessage());
  }
}
