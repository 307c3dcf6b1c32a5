package dev.onewrite.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.machine.Charts.Back;
import dev.onewrite.machine.Charts.Event;
import dev.onewrite.machine.Charts.Go;
import dev.onewrite.machine.Charts.Key;
import dev.onewrite.machine.Charts.Log;
import dev.onewrite.machine.Charts.Stop;
import dev.onewrite.machine.Mistake.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every kind of mistake in a definition, found, with its place; and what may be allowed. */
final class DefinitionTest {
  private enum Light {
    ON,
    OFF
  }

  private record Wrong(
      Kind kind, String place, Consumer<MachineBuilder<String, Log, Event>> definition) {}

  private static Wrong wrong(
      Kind kind, String place, Consumer<MachineBuilder<String, Log, Event>> definition) {
    return new Wrong(kind, place, definition);
  }

  /** One row a mistake; each is the only mistake of its machine. */
  private static final List<Wrong> ROWS =
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
              Kind.DUPLICATE_ACTIVITY,
              "a / invoke x",
              m ->
                  m.initial("a")
                      .state(
                          "a",
                          s -> s.invoke("x", log -> 1, i -> {}).invoke("x", log -> 1, i -> {}))),
          wrong(
              Kind.WRONG_DELAY,
              "a / after -1000ms",
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
              m -> m.initial("a").state("a", s -> s.on(Key.class, t -> t.cancel("x")))));

  private static Machine<String, Log, Event> define(Wrong row, Kind... allowed) {
    return Machine.define(
        "wrong",
        String.class,
        Event.class,
        () -> Log.EMPTY,
        m -> {
          m.allow(allowed);
          row.definition().accept(m);
        });
  }

  @TestFactory
  Stream<DynamicTest> definition_withAMistake_isRefusedWithItsPlace() {
    return ROWS.stream()
        .map(row -> DynamicTest.dynamicTest(row.kind() + " at " + row.place(), () -> refused(row)));
  }

  private static void refused(Wrong row) {
    Set<Kind> tolerable = EnumSet.noneOf(Kind.class);
    Stream.of(Kind.values())
        .filter(kind -> kind.tolerable() && kind != row.kind())
        .forEach(tolerable::add);

    DefinitionException refused =
        assertThrows(DefinitionException.class, () -> define(row, tolerable.toArray(Kind[]::new)));

    Mistake mistake = refused.mistakes().get(0);
    assertTrue(
        refused.mistakes().stream()
            .anyMatch(m -> m.kind() == row.kind() && m.place().equals(row.place())),
        refused.getMessage());
    assertEquals("OW001", refused.code());
    assertEquals("wrong", refused.machine());
    assertTrue(refused.getMessage().startsWith("[OW001] machine 'wrong': the definition has "));
    assertTrue(refused.getMessage().contains(mistake.toString()));
  }

  @Test
  void kinds_allButConstants_haveARow() {
    Set<Kind> kinds = EnumSet.of(Kind.UNDECLARED_CONSTANT);

    ROWS.forEach(row -> kinds.add(row.kind()));

    assertEquals(EnumSet.allOf(Kind.class), kinds);
  }

  @TestFactory
  Stream<DynamicTest> definition_withATolerableMistakeAllowed_isAccepted() {
    return ROWS.stream()
        .filter(row -> row.kind().tolerable())
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.kind() + " at " + row.place(),
                    () -> {
                      Kind[] all =
                          Stream.of(Kind.values()).filter(Kind::tolerable).toArray(Kind[]::new);
                      assertEquals("wrong", define(row, all).id());
                    }));
  }

  @Test
  void definition_withSeveralMistakes_listsThemAll() {
    DefinitionException refused =
        assertThrows(
            DefinitionException.class,
            () ->
                Machine.define(
                    "light",
                    Light.class,
                    Event.class,
                    () -> Log.EMPTY,
                    m ->
                        m.state(
                            Light.ON,
                            s -> s.initial(Light.OFF).on(Back.class, t -> t.target(Light.OFF)))));

    assertEquals(
        List.of(Kind.UNDECLARED_CONSTANT, Kind.UNKNOWN_STATE, Kind.UNKNOWN_STATE),
        refused.mistakes().stream().map(Mistake::kind).toList());
    assertEquals("Light.OFF", refused.mistakes().get(0).place());
    assertTrue(refused.getMessage().contains("has 3 mistakes"), refused.getMessage());
  }

  @Test
  void definition_guardedCatchAll_hidesNothing() {
    Machine<String, Log, Event> machine =
        Charts.machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.onAny(t -> t.when(log -> false).cancel("x"))
                                .on(Go.class, t -> t.cancel("x"))
                                .on(Key.class, t -> t.cancel("y"))
                                .on(Stop.class, t -> t.cancel("z"))));

    assertEquals(4, machine.transitions().size());
    assertEquals("a/any event [guarded]", machine.transitions().get(0).id());
  }

  @Test
  void definition_transitionsAlike_haveDifferentIds() {
    Machine<String, Log, Event> machine =
        Charts.machine(
            m ->
                m.initial("a")
                    .state(
                        "a",
                        s ->
                            s.on(Go.class, t -> t.when(log -> true).cancel("x"))
                                .on(Go.class, t -> t.when(log -> true).cancel("x"))
                                .on(
                                    Go.class,
                                    t ->
                                        t.when("named", log -> true)
                                            .whenIn("a")
                                            .cancel("x")
                                            .description("why"))));

    List<String> ids = machine.transitions().stream().map(Transition::toString).toList();

    assertEquals(List.of("a/Go [guarded]", "a/Go [guarded] (2)", "a/Go [named & in a]"), ids);
    assertEquals("why", machine.transitions().get(2).description());
    assertEquals(Go.class, machine.transitions().get(2).event());
  }

  @Test
  void machine_looksLikeItsDefinition() {
    Machine<String, Log, Event> machine =
        Charts.machine(
            m -> m.version(3).initial("a").state("a", s -> s.initial("b").state("b").history("h")));

    assertEquals(Set.of("a", "b", "h"), machine.states());
    assertEquals(3, machine.version());
    assertEquals(Event.class, machine.events());
    assertEquals("machine test v3", machine.toString());
    assertEquals("test v3 [b] ", machine.start().snapshot().toString());
    assertEquals("test", machine.start().snapshot().machine());
  }
}
