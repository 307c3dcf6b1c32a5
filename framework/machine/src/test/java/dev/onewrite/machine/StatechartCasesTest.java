package dev.onewrite.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Outside cases, from a folder of JSON files in the neutral statechart case format ({@code
 * onewrite.statechart.cases}). Each is built with the DSL and run four ways.
 */
final class StatechartCasesTest {
  private static final int WAYS = 4;

  private final AtomicInteger passed = new AtomicInteger();

  @TestFactory
  List<DynamicNode> case_ofTheFolder_behavesAsPublishedFourWays() throws IOException {
    Path folder =
        Path.of(System.getProperty("onewrite.statechart.cases", "../shared/statechart-cases"));
    assumeTrue(
        Files.isDirectory(folder),
        () ->
            "No statechart cases: "
                + folder.toAbsolutePath()
                + " is not a folder. Name one with"
                + " -Donewrite.statechart.cases=DIR.");
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
    }
    List<DynamicNode> nodes = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (Path file : files) {
      JsonNode document = json.readTree(file.toFile());
      nodes.add(dynamicContainer(document.path("name").asText(file.toString()), ways(document)));
    }
    nodes.add(dynamicTest("count", () -> count(files.size())));
    return nodes;
  }

  private void count(int cases) {
    System.out.println(
        "statechart cases: "
            + cases
            + ", each "
            + WAYS
            + " ways: "
            + passed
            + " of "
            + cases * WAYS
            + " runs passed");
    assertEquals(cases * WAYS, passed.get(), "runs passed");
  }

  private List<DynamicTest> ways(JsonNode document) {
    return List.of(
        way("plain", () -> plain(document)),
        way("through the codec between steps", () -> throughCodec(document)),
        way("recovered from recorded outcomes", () -> recovered(document)),
        way("each transition computed twice", () -> twice(document)));
  }

  private DynamicTest way(String name, Executable run) {
    return dynamicTest(
        name,
        () -> {
          run.execute();
          passed.incrementAndGet();
        });
  }

  private static void plain(JsonNode document) {
    CaseMachine built = new CaseMachine(document);
    new CaseRun(document, built.machine, Step::snapshot, false).run();
  }

  private static void twice(JsonNode document) {
    CaseMachine built = new CaseMachine(document);
    new CaseRun(document, built.machine, Step::snapshot, true).run();
  }

  private static void throughCodec(JsonNode document) {
    CaseMachine built = new CaseMachine(document);
    CaseRun.Between codec =
        step -> {
          Snapshot<String, CaseContext> read =
              CaseCodec.read(CaseCodec.write(step.snapshot()), built.machine);
          assertEquals(step.snapshot(), read, "the snapshot, written and read");
          return read;
        };
    new CaseRun(document, built.machine, codec, false).run();
  }

  /**
   * After each step everything is forgotten but the journal; its last outcome is the state, and no
   * expression is evaluated.
   */
  private static void recovered(JsonNode document) {
    CaseMachine built = new CaseMachine(document);
    List<byte[]> journal = new ArrayList<>();
    CaseRun.Between recovery =
        step -> {
          journal.add(CaseCodec.write(step.snapshot()));
          int before = built.evaluated.get();
          Snapshot<String, CaseContext> state = null;
          for (byte[] outcome : journal) {
            state = CaseCodec.read(outcome, built.machine);
          }
          assertEquals(before, built.evaluated.get(), "expressions evaluated by recovery");
          return state;
        };
    new CaseRun(document, built.machine, recovery, false).run();
  }
}
