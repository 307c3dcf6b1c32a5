package dev.onewrite.machine;

import static dev.onewrite.machine.Charts.GO;
import static dev.onewrite.machine.Charts.after;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.machine.Charts.Back;
import dev.onewrite.machine.Charts.Event;
import dev.onewrite.machine.Charts.Go;
import dev.onewrite.machine.Charts.Log;
import dev.onewrite.machine.Charts.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The machine as Mermaid and as DOT, and what no test took. */
final class PicturesTest {
  private static final Machine<String, Log, Event> MACHINE =
      Charts.machine(
          m ->
              m.initial("idle")
                  .state(
                      "idle",
                      s ->
                          s.description("waits \"here\"")
                              .on(Go.class, t -> t.when("ready", log -> true).target("p")))
                  .parallel(
                      "p",
                      p ->
                          p.state(
                                  "A",
                                  r ->
                                      r.initial("a1")
                                          .state(
                                              "a1",
                                              s ->
                                                  s.after(
                                                      Duration.ofMillis(250), t -> t.target("a2")))
                                          .state("a2")
                                          .history("h", h -> h.deep()))
                              .state(
                                  "b b",
                                  s ->
                                      s.forbid(Stop.class)
                                          .on(
                                              Back.class,
                                              t -> t.cancel("x").description("tidies; up"))))
                  .finalState("end")
                  .on(Stop.class, t -> t.target("end"))
                  .on(Back.class, t -> t.target("h")));

  @Test
  void mermaid_drawsStatesRegionsAndTransitions() {
    String picture = MACHINE.toMermaid();

    assertEquals(
        """
        stateDiagram-v2
          [*] --> idle
          state "idle: waits 'here'" as idle
          state p {
            state A {
              state "H*" as h
              [*] --> a1
              state a1
              state a2
              a1 --> a2 : after 250ms
            }
            --
            state "b b" as s7_
            s7_ : never Stop
            s7_ : Back (tidies#59; up)
          }
          state "end" as s8_
          s8_ --> [*]
          anywhere --> s8_ : Stop
          anywhere --> h : Back
          idle --> p : Go [ready]
        """,
        picture);
  }

  @Test
  void mermaid_ofASnapshot_lightsTheActiveLeaves() {
    String picture = MACHINE.toMermaid(after(MACHINE, GO).snapshot());

    assertTrue(picture.contains("classDef active"), picture);
    assertTrue(picture.contains("class a1 active\n  class s7_ active\n"), picture);
    assertFalse(picture.contains("class idle active"), picture);
  }

  @Test
  void dot_drawsClustersAndLightsThem() {
    String plain = MACHINE.toDot();
    String lit = MACHINE.toDot(after(MACHINE, GO).snapshot());

    assertTrue(plain.startsWith("digraph \"test\" {\n"), plain);
    assertTrue(plain.contains("subgraph cluster_2 {\n    label=\"p\"; style=\"rounded\";"), plain);
    assertTrue(plain.contains("label=\"A\"; style=\"rounded,dashed\";"), plain);
    assertTrue(plain.contains("n1 -> start3 [lhead=cluster_2, label=\"Go [ready]\"];"), plain);
    assertTrue(plain.contains("n6 [shape=circle, label=\"H*\"];"), plain);
    assertTrue(plain.contains("n1 [label=\"idle: waits \\\"here\\\"\"];"), plain);
    assertTrue(plain.contains("n8 [label=\"end\", peripheries=2];"), plain);
    assertFalse(plain.contains("penwidth"), plain);
    assertTrue(lit.contains("n4 [label=\"a1\", fillcolor=\"#ffe08a\", penwidth=2];"), lit);
    assertTrue(
        lit.contains("label=\"A\"; style=\"rounded,dashed\"; color=\"#8a5a00\"; penwidth=2;"), lit);
  }

  @Test
  void coverage_tellsWhatWasMissed() {
    Coverage<String, Log, Event> coverage = Coverage.of(MACHINE);

    Step<String, Log, Event> start = coverage.add(MACHINE.start());
    coverage.add(MACHINE.transition(start.snapshot(), GO, Charts.NOW));

    assertEquals(Set.of("a2", "end"), coverage.statesMissed());
    assertEquals(
        List.of("(test)/Stop", "(test)/Back", "a1/after 250ms", "b b/Back"),
        coverage.transitionsMissed().stream().map(Transition::id).toList());
    assertFalse(coverage.isComplete());
    assertTrue(coverage.toString().contains("\n  state never entered: a2"), coverage.toString());
    assertTrue(
        coverage.toString().contains("\n  transition never taken: b b/Back"), coverage.toString());
  }

  @Test
  void coverage_ofEverything_isComplete() {
    Machine<String, Log, Event> small =
        Charts.machine(
            m ->
                m.initial("a")
                    .state("a", s -> s.on(Go.class, t -> t.target("b")))
                    .state("b", s -> s.always(t -> t.target("c")))
                    .state("c"));
    Coverage<String, Log, Event> coverage = Coverage.of(small);

    coverage.add(small.transition(small.start().snapshot(), GO, Charts.NOW));

    assertTrue(coverage.isComplete(), coverage.toString());
    assertEquals("coverage of test: complete", coverage.toString());
  }
}
