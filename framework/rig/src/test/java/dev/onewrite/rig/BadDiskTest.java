package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  private static String postgres(PostgresServer server) {
    return "onewrite.durability = postgres, onewrite.postgres.url = \""
        + server.url()
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
    assertEquals(TIMES, counted(sqlite()));
  }

  @Test
  void slowDiskOfPostgres_delaysAnswers_andLosesNone() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("pg"), 0)) {
      String settings = postgres(server);
      assertEquals(0, counted(settings)); // and there are tables
      Strace strace = new Strace(directory.resolve("calls"));

      List<String> said = counting(strace, server, settings, "inject=fdatasync:delay_exit=100000");

      assertEquals(acked(1, TIMES), answers(said));
      assertTrue(
          strace.ended().stream().filter(call -> call.contains("(DELAYED)")).count() >= TIMES,
          "no sync was delayed");
      assertEquals(TIMES, counted(settings));
    }
  }

  @Test
  void failingSync_isToldToTheCaller_andWhatWasAcknowledgedIsThere() throws Exception {
    assertEquals(0, counted(sqlite())); // and there are tables
    Strace strace = new Strace(directory.resolve("calls"));

    List<String> said =
        Strace.said(
            strace.of(
                Strace.counting(TIMES, sqlite()),
                "-e",
                "trace=fdatasync,fsync",
                "-e",
                "inject=fdatasync,fsync:error=EIO:when=9+5")); // of each thread

    assertToldAndKept(said, sqlite());
  }

  @Test
  void failingSyncOfPostgres_endsItsProcesses_andWhatWasAcknowledgedIsThere() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("pg"), 0)) {
      String settings = postgres(server);
      assertEquals(0, counted(settings)); // and there are tables
      Strace strace = new Strace(directory.resolve("calls"));

      List<String> said = // the fifth of each process
          counting(strace, server, settings, "inject=fdatasync:error=EIO:when=5");

      assertTrue(
          strace.ended().stream().anyMatch(call -> call.contains("(INJECTED)")), "none failed");
      assertToldAndKept(said, settings);
    }
  }

  /** What a process says that counts while the syncs of the server are broken. */
  private List<String> counting(
      Strace strace, PostgresServer server, String settings, String injection) throws Exception {
    List<Long> pids = new ArrayList<>(List.of(server.postmaster().pid()));
    server.postmaster().descendants().forEach(child -> pids.add(child.pid()));
    Path told = directory.resolve("told");
    Process breaking = strace.attach(pids, told, "-e", "trace=fdatasync", "-e", injection);
    try {
      return Strace.said(Strace.counting(TIMES, settings));
    } finally {
      Strace.detach(breaking);
    }
  }

  private static void assertToldAndKept(List<String> said, String settings) {
    List<String> answers = answers(said);
    assertEquals(TIMES, answers.size(), String.join("\n", said));
    long acked = answers.stream().filter(line -> line.startsWith("acked ")).count();
    assertTrue(acked < TIMES, "no sync failed: " + answers);
    assertTrue(
        answers.stream()
            .filter(line -> line.startsWith("failed "))
            .allMatch(line -> line.matches("failed .*OW\\d+")),
        "an answer without a code: " + answers);
    int counted = counted(settings);
    assertTrue(acked <= counted && counted <= TIMES, acked + " acknowledged, counted " + counted);
  }

  private static int counted(String settings) {
    try (Onewrite onewrite =
        Onewrite.builder()
            .config(ConfigFactory.parseString(settings))
            .component(CountingProcess.COUNTER)
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
