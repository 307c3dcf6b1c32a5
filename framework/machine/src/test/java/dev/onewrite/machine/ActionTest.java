package dev.onewrite.machine;

import static dev.onewrite.machine.Charts.BACK;
import static dev.onewrite.machine.Charts.GO;
import static dev.onewrite.machine.Charts.STOP;
import static dev.onewrite.machine.Charts.after;
import static dev.onewrite.machine.Charts.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.machine.Charts.Back;
import dev.onewrite.machine.Charts.Event;
import dev.onewrite.machine.Charts.Go;
import dev.onewrite.machine.Charts.Log;
import dev.onewrite.machine.Charts.Note;
import dev.onewrite.machine.Charts.Stop;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What transitions, entries and exits do, and what follows from it in the same step. */
final class ActionTest {

  @Test
  void always_afterAnEvent_goesOnUntilNothingIsEnabled() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.on(
                                Go.class,
                                t -> t.target("b").assign((log, go) -> log.add("n" + go.count()))))
                    .state(
                        "b",
                        s ->
                            s.always(
                                t ->
                                    t.when(log -> log.lines().size() == 1)
                                        .assign((log, last) -> log.add(String.valueOf(last)))
                                        .target("c")))
                    .state(
                        "c",
                        s ->
                            s.always(t -> t.whenIn("a").target("a"))
                                .on(Stop.class, t -> t.target("a"))));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals(List.of("c"), step.snapshot().leaves());
    assertEquals("n1 Go[count=1]", step.snapshot().context().toString());
    assertEquals(2, step.microsteps());
  }

  @Test
  void raise_isHandledInTheSameStepAfterAlways() {
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
                                    t.raise(new Note("one"))
                                        .raise((log, go) -> new Note("two" + go.count()))
                                        .raise((log, go, at) -> new Note("in a " + at.in("a")))
                                        .target("b")))
                    .state("b", s -> s.always(t -> t.target("c").assign(log -> log.add("always"))))
                    .state(
                        "c",
                        s -> s.on(Note.class, t -> t.assign((log, note) -> log.add(note.text())))));

    Step<String, Log, Event> step = after(machine, GO);

    assertEquals("always one two1 in a false", step.snapshot().context().toString());
    assertEquals(5, step.microsteps());
  }

  @Test
  void choose_doesTheFirstBranchThatPasses() {
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
                                    t.choose(
                                        c ->
                                            c.when(
                                                    (log, go) -> go.count() == 1,
                                                    a -> a.assign(log -> log.add("one")))
                                                .when(
                                                    log -> log.lines().isEmpty(),
                                                    a -> a.assign(log -> log.add("empty")))
                                                .when(
                                                    (log, go, at) -> go.count() == 3 && at.in("a"),
                                                    a -> a.assign(log -> log.add("three")))
                                                .whenIn("b", a -> a.assign(log -> log.add("b")))
                                                .otherwise(
                                                    a ->
                                                        a.assign(
                                                            (log, go) ->
                                                                log.add("else" + go.count()))))))
                    .state("b"));

    Step<String, Log, Event> step = after(machine, new Go(2), new Go(1), new Go(3), new Go(4));

    assertEquals("empty one three else4", step.snapshot().context().toString());
  }

  @Test
  void entryAndExit_areGivenTheEventOfTheStep() {
    Machine<String, Log, Event> machine =
        machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.onEntry(a -> a.assign((log, event) -> log.add("+" + event)))
                                .onExit(a -> a.assign((log, event) -> log.add("-" + event)))
                                .on(Back.class, t -> t.target("a").reenter())));

    Step<String, Log, Event> step = after(machine, STOP, BACK);

    assertEquals("+null -Back[] +Back[]", step.snapshot().context().toString());
  }
}
