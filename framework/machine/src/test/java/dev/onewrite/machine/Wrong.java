package dev.onewrite.machine;

import dev.onewrite.machine.Charts.Event;
import dev.onewrite.machine.Charts.Go;
import dev.onewrite.machine.Charts.Key;
import dev.onewrite.machine.Charts.Log;
import dev.onewrite.machine.Mistake.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A definition with one mistake, of which kind, and where. */
record Wrong(Kind kind, String place, Consumer<MachineBuilder<String, Log, Event>> definition) {

  private static Wrong wrong(
      Kind kind, String place, Consumer<MachineBuilder<String, Log, Event>> definition) {
    return new Wrong(kind, place, definition);
  }

  /** One row a mistake; each is the only mistake of its machine. */
  static final List<Wrong> ROWS =
      List.of(
          wrong(Kind.NO_STATES, "the machine", m -> {}),
          wrong(
              Kind.DUPLICATE_STATE,
              "b > a",
              m ->
                  m.initial("a")
                      .state("a", s -> s.on(Go.class, t -> t.target("b")))
                      .state("b", s -> s.initial("a").state("a"))),
          wrong(
              Kind.UNKNOWN_STATE,
              "a / Go",
              m -> m.initial("a").state("a", s -> s.on(Go.class, t -> t.target("x")))),
          wrong(Kind.UNKNOWN_STATE, "the machine", m -> m.initial("x").state("a")),
          wrong(
              Kind.UNKNOWN_STATE,
              "a / Go",
              m -> m.initial("a").state("a", s -> s.on(Go.class, t -> t.whenIn("x").target("a")))),
          wrong(
              Kind.UNKNOWN_STATE,
              "a / Go",
              m ->
                  m.initial("a")
                      .state("a", s -> s.on(Go.class, t -> t.choose(c -> c.whenIn("x", a -> {}))))),
          wrong(
              Kind.UNKNOWN_STATE,
              "a",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s ->
                              s.onEntry(
                                  e ->
                                      e.choose(
                                          c ->
                                              c.otherwise(
                                                  o -> o.choose(d -> d.whenIn("x", a -> {}))))))),
          wrong(
              Kind.UNKNOWN_STATE,
              "a / done x",
              m -> m.initial("a").state("a", s -> s.onDone("x", t -> t.target("a")))),
          wrong(
              Kind.UNKNOWN_STATE,
              "renamed(old)",
              m -> m.initial("a").state("a").renamed("old", "x")),
          wrong(Kind.MISSING_INITIAL, "the machine", m -> m.state("a")),
          wrong(Kind.MISSING_INITIAL, "a", m -> m.initial("a").state("a", s -> s.state("b"))),
          wrong(
              Kind.WRONG_INITIAL,
              "a",
              m -> m.initial("a").state("a", s -> s.initial("c").state("b")).state("c")),
          wrong(
              Kind.WRONG_INITIAL,
              "a",
              m -> m.initial("a").state("a", s -> s.initial("c")).state("c")),
          wrong(
              Kind.WRONG_INITIAL,
              "a",
              m -> m.initial("a").parallel("a", s -> s.initial("b").state("b"))),
          wrong(
              Kind.WRONG_HISTORY,
              "a > h",
              m ->
                  m.initial("a")
                      .state("a", s -> s.initial("b").state("b").history("h", h -> h.initial("c")))
                      .state("c")),
          wrong(
              Kind.WRONG_HISTORY,
              "a > h",
              m ->
                  m.initial("a")
                      .state(
                          "a", s -> s.initial("b").state("b").history("h", h -> h.initial("h")))),
          wrong(Kind.WRONG_HISTORY, "a", m -> m.initial("a").state("a", s -> s.history("h"))),
          wrong(
              Kind.WRONG_TARGETS,
              "a / Go",
              m ->
                  m.initial("a")
                      .state("a", s -> s.on(Go.class, t -> t.target("a", "b")))
                      .state("b")),
          wrong(
              Kind.WRONG_TARGETS,
              "a / initial",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s -> s.initial("b", "c").state("b", b -> b.initial("c").state("c")))),
          wrong(
              Kind.WRONG_TARGETS,
              "a / Go",
              m -> m.initial("a").state("a", s -> s.on(Go.class, t -> t.target("a", "a")))),
          wrong(
              Kind.FINAL_NOT_FINAL,
              "a",
              m -> m.initial("a").finalState("a", s -> s.on(Go.class, t -> t.target("a")))),
          wrong(
              Kind.FINAL_NOT_FINAL,
              "a",
              m -> m.initial("a").finalState("a", s -> s.invoke("x", log -> 1, i -> {}))),
          wrong(Kind.FINAL_NOT_FINAL, "a", m -> m.initial("a").finalState("a", s -> s.state("b"))),
          wrong(Kind.WRONG_PLACE, "a", m -> m.initial("a").state("a", s -> s.output(log -> 1))),
          wrong(Kind.WRONG_PLACE, "a", m -> m.initial("a").parallel("a", s -> {})),
          wrong(
              Kind.WRONG_PLACE,
              "a",
              m -> m.initial("a").state("a", s -> s.onInitial(i -> i.cancel("x")))),
          wrong(
              Kind.WRONG_PLACE,
              "allow(NO_STATES)",
              m -> m.initial("a").state("a").allow(Kind.NO_STATES)),
          wrong(
              Kind.DUPLICATE_AFTER,
              "a / after x",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s ->
                              s.after("x", Duration.ofSeconds(1), t -> t.target("b"))
                                  .after("x", (log, now) -> Duration.ZERO, t -> t.target("b")))
                      .state("b")),
          wrong(
              Kind.DUPLICATE_ACTIVITY,
              "a / invoke x",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s -> s.invoke("x", log -> 1, i -> {}).invoke("x", log -> 1, i -> {}))),
          wrong(
              Kind.WRONG_DELAY,
              "a / after -1s",
              m ->
                  m.initial("a")
                      .state(
                          "a", s -> s.after(Duration.ofSeconds(-1), t -> t.target("a").reenter()))),
          wrong(
              Kind.WRONG_DELAY,
              "a / invoke x",
              m ->
                  m.initial("a")
                      .state("a", s -> s.invoke("x", log -> 1, i -> i.timeout(Duration.ZERO)))),
          wrong(
              Kind.WRONG_DELAY,
              "a / invoke x",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s -> s.invoke("x", log -> 1, i -> i.timeout(Duration.ofSeconds(-1))))),
          wrong(
              Kind.ENDLESS_ALWAYS,
              "a / always",
              m -> m.initial("a").state("a", s -> s.always(t -> t.cancel("x")))),
          wrong(
              Kind.ENDLESS_ALWAYS,
              "a / always",
              m -> m.initial("a").state("a", s -> s.always(t -> t.target("a").reenter()))),
          wrong(Kind.WRONG_EVOLUTION, "the machine", m -> m.initial("a").state("a").version(0)),
          wrong(
              Kind.WRONG_EVOLUTION,
              "the machine",
              m -> m.initial("a").state("a").renamed("x", "a").renamed("x", "a")),
          wrong(
              Kind.WRONG_EVOLUTION,
              "the machine",
              m ->
                  m.initial("a")
                      .state("a")
                      .version(2)
                      .migrate(1, Log.class, l -> l)
                      .migrate(1, Log.class, l -> l)),
          wrong(
              Kind.WRONG_EVOLUTION,
              "migrate(2)",
              m -> m.initial("a").state("a").version(2).migrate(2, Log.class, l -> l)),
          wrong(
              Kind.WRONG_EVOLUTION,
              "migrate(0)",
              m -> m.initial("a").state("a").version(2).migrate(0, Log.class, l -> l)),
          wrong(Kind.UNREACHABLE_STATE, "b", m -> m.initial("a").state("a").state("b")),
          wrong(
              Kind.UNREACHABLE_TRANSITION,
              "a / Go",
              m ->
                  m.initial("a")
                      .state(
                          "a", s -> s.onAny(t -> t.cancel("x")).on(Go.class, t -> t.cancel("x")))),
          wrong(
              Kind.UNREACHABLE_TRANSITION,
              "a / Go",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s ->
                              s.on(Key.class, t -> t.cancel("x"))
                                  .on(Go.class, t -> t.cancel("x")))),
          wrong(
              Kind.UNREACHABLE_TRANSITION,
              "a / Go",
              m ->
                  m.initial("a")
                      .state("a", s -> s.forbid(Go.class).on(Go.class, t -> t.cancel("x")))),
          wrong(
              Kind.UNREACHABLE_TRANSITION,
              "a / always",
              m ->
                  m.initial("a")
                      .state("a", s -> s.always(t -> t.target("b")).always(t -> t.target("b")))
                      .state("b")),
          wrong(
              Kind.UNREACHABLE_TRANSITION,
              "a / done",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s ->
                              s.initial("e")
                                  .finalState("e")
                                  .onDone(t -> t.target("b"))
                                  .onDone(t -> t.target("b")))
                      .state("b")),
          wrong(
              Kind.USELESS_TRANSITION,
              "a / Go",
              m -> m.initial("a").state("a", s -> s.on(Go.class, t -> {}))),
          wrong(
              Kind.UNHANDLED_EVENT,
              "Stop",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s -> s.on(Key.class, t -> t.cancel("x")).forbid(Charts.Note.class))));
}
