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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
    return Wrong.ROWS.stream()
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
    assertEquals(
        List.of(row.kind() + " at " + row.place()),
        refused.mistakes().stream().map(m -> m.kind() + " at " + m.place()).distinct().toList());
    assertEquals("OW001", refused.code());
    assertEquals("wrong", refused.machine());
    assertTrue(refused.getMessage().startsWith("[OW001] machine 'wrong': the definition has "));
    assertTrue(refused.getMessage().contains(mistake.toString()));
  }

  @Test
  void kinds_allButConstants_haveARow() {
    Set<Kind> kinds = EnumSet.of(Kind.UNDECLARED_CONSTANT);

    Wrong.ROWS.forEach(row -> kinds.add(row.kind()));

    assertEquals(EnumSet.allOf(Kind.class), kinds);
  }

  @TestFactory
  Stream<DynamicTest> definition_withATolerableMistakeAllowed_isAccepted() {
    return Wrong.ROWS.stream()
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
        List.of(
            Kind.UNDECLARED_CONSTANT,
            Kind.UNKNOWN_STATE,
            Kind.UNKNOWN_STATE,
            Kind.MISSING_INITIAL,
            Kind.UNHANDLED_EVENT,
            Kind.UNHANDLED_EVENT,
            Kind.UNHANDLED_EVENT),
        refused.mistakes().stream().map(Mistake::kind).toList());
    assertEquals("Light.OFF", refused.mistakes().get(0).place());
    assertTrue(refused.getMessage().contains("has 7 mistakes"), refused.getMessage());
  }

  /** What is wrong in one pass does not hide what another one would find. */
  @Test
  void definition_withMistakesOfEveryPass_listsThemTogether() {
    DefinitionException refused =
        assertThrows(
            DefinitionException.class,
            () ->
                Machine.define(
                    "wrong",
                    String.class,
                    Event.class,
                    () -> Log.EMPTY,
                    m ->
                        m.initial("a")
                            .state(
                                "a",
                                s ->
                                    s.on(Go.class, t -> t.target("nowhere"))
                                        .on(Go.class, t -> t.target("b"))
                                        .on(Back.class, t -> {}))
                            .state("b", s -> s.state("c"))
                            .state("b")
                            .state("island")));

    assertEquals(
        List.of(
                "UNKNOWN_STATE at a / Go",
                "MISSING_INITIAL at b",
                "DUPLICATE_STATE at b",
                "UNREACHABLE_STATE at island",
                "UNREACHABLE_TRANSITION at a / Go",
                "USELESS_TRANSITION at a / Back",
                "UNHANDLED_EVENT at Note",
                "UNHANDLED_EVENT at Stop")
            .stream()
            .sorted()
            .toList(),
        refused.mistakes().stream().map(m -> m.kind() + " at " + m.place()).sorted().toList());
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
