package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows where the disk is slow, or where what was written cannot be synced. */
@Tag("chaos")
final class BadDiskTest {

  private static final int TIMES = 20;

  /** Offsets are stored seldom: what is written is the turns'. */
  private static final String ALONE =
      "onewrite.outbox { offset-every = 100000, offset-within = 10s }";

  @TempDir Path directory;

  @BeforeEach
  void needsStrace() throws Exception {
    Strace.assumeThere();
  }

  private String sqlite() {
    return "onewrite.durability = sqlite, onewrite.directory = \""
        + directory.resolve("db")
        + "\", "
        + ALONE;
  }

  private static List<String> acked(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(number -> "acked " + number).toList();
  }

  private static List<String> answers(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("acked ") || line.startsWith("failed "))
        .toList();
  }

  @Test
  void slowDisk_delaysAnswers_andLosesNone() throws Exception {
    Strace strace = new Strace(directory.resolve("calls"));

    List<String> said =
        Strace.said(
            strace.of(
                Strace.counting(TIMES, sqlite()),
                "-e",
                "trace=fdatasync,fsync",
                "-e",
                "inject=fdatasync,fsync:delay_exit=100000"));

    assertEquals(acked(1, TIMES), answers(said));
    assertTrue(
        strace.ended().stream().filter(call -> call.contains("(DELAYED)")).count() >= TIMES,
        "no sync was delayed");
    assertEquals(TIMES, counted());
  }

  @Test
  void failingSync_isToldToTheCaller_andWhatWasAcknowledgedIsThere() throws Exception {
    assertEquals(0, counted()); // and there are tables
    Strace strace = new Strace(directory.resolve("calls"));

    List<String> said =
        Strace.said(
            strace.of(
                Strace.counting(TIMES, sqlite()),
                "-e",
                "trace=fdatasync,fsync",
                "-e",
                "inject=fdatasync,fsync:error=EIO:when=9+5")); // of each thread

    List<String> answers = answers(said);
    assertEquals(TIMES, answers.size(), String.join("\n", said));
    long acked = answers.stream().filter(line -> line.startsWith("acked ")).count();
    assertTrue(acked < TIMES, "no sync failed: " + answers);
    assertTrue(
        Stream.concat(answers.stream(), Stream.of("failed OW302"))
            .filter(line -> line.startsWith("failed "))
            .allMatch(line -> line.matches("failed .*OW\\d+")),
        "an answer without a code: " + answers);
    int counted = counted();
    assertTrue(acked <= counted && counted <= TIMES, acked + " acknowledged, counted " + counted);
  }

  private int counted() {
    try (Onewrite onewrite =
        Onewrite.builder()
            .component(CountingProcess.COUNTER)
            .directory(directory.resolve("db"))
            .start()) {
      return onewrite
          .ref(CountingProcess.COUNTER, "one")
          .ask(new CountingProcess.Look(), CountingProcess.Counted.class)
          .toCompletableFuture()
          .join()
          .times();
    }
  }
}
