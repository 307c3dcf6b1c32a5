package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.rig.Strace.Moment;
import dev.onewrite.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the operating system is asked for: between a commit's insert and its acknowledgement the log
 * is written, and then a sync of it begins and ends well.
 */
@Tag("chaos")
final class SyncedCommitTest {

  private static final int TIMES = 20;
  private static final String CALLS = "trace=pwrite64,write,recvfrom,sendto,fdatasync,fsync";

  @TempDir Path directory;

  @BeforeEach
  void needsStrace() throws Exception {
    Strace.assumeThere();
  }

  @Test
  void sqlite_eachCommit_isSyncedBeforeItIsAcknowledged() throws Exception {
    Strace strace = new Strace(directory.resolve("calls"));
    String settings =
        "onewrite.durability = sqlite, onewrite.directory = \"" + directory.resolve("db") + "\"";

    List<String> said = Strace.said(strace.of(Strace.counting(TIMES, settings), "-e", CALLS));

    assertAllAcknowledged(said);
    Commits commits = new Commits("-wal>");
    commits.inserted("the turn");
    for (Moment moment : strace.moments()) {
      commits.follow(moment);
      if (moment.begins()
          && moment.call().contains("write(1<")
          && moment.call().contains("\"acked ")) {
        commits.acknowledged("the turn");
        commits.inserted("the turn"); // the next one begins
      }
    }
    assertEquals(TIMES, commits.acknowledged);
  }

  @Test
  void postgres_eachCommit_isSyncedBeforeItIsAcknowledged() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("pg"), 0)) {
      Strace strace = new Strace(directory.resolve("calls"));
      List<Long> pids = new ArrayList<>(List.of(server.postmaster().pid()));
      server.postmaster().descendants().forEach(child -> pids.add(child.pid()));
      // Unprepared statements, so that each insert is seen by its text.
      String settings =
          "onewrite.durability = postgres, onewrite.postgres.url = \"%s&prepareThreshold=0\""
              .formatted(server.url());

      Process looking = strace.attach(pids, directory.resolve("told"), "-e", CALLS);
      List<String> said = Strace.said(Strace.counting(TIMES, settings));
      Strace.detach(looking);

      assertAllAcknowledged(said);
      Commits commits = new Commits("/pg_wal/");
      for (Moment moment : strace.moments()) {
        commits.follow(moment);
        if (moment.ends() && moment.call().contains("insert into journal")) {
          commits.inserted(moment.thread());
        } else if (moment.begins()
            && moment.call().contains("sendto(")
            && moment.call().contains("COMMIT\\0")) {
          commits.acknowledged(moment.thread());
        }
      }
      assertTrue(commits.acknowledged >= TIMES, commits.acknowledged + " acknowledgements seen");
    }
  }

  private static void assertAllAcknowledged(List<String> said) {
    assertEquals(
        IntStream.rangeClosed(1, TIMES).mapToObj(number -> "acked " + number).toList(),
        said.stream().filter(line -> line.matches("(acked|failed) .*")).toList());
  }

  /** Inserts that are under way, and how far each is on its way to the disk. */
  private static final class Commits {

    private enum Stage {
      INSERTED,
      WRITTEN,
      SYNCED
    }

    private final String log;
    private final Map<String, Stage> open = new HashMap<>();
    private final Map<String, Set<String>> syncing = new HashMap<>();
    private int acknowledged;

    Commits(String log) {
      this.log = log;
    }

    void inserted(String by) {
      open.put(by, Stage.INSERTED);
    }

    /** Any thread may write and sync the log for all. */
    void follow(Moment moment) {
      if (!moment.call().contains(log)) {
        return;
      }
      if (moment.call().contains("write") && moment.ends()) {
        open.replaceAll((by, stage) -> stage == Stage.INSERTED ? Stage.WRITTEN : stage);
      }
      if (moment.call().contains("sync(") && moment.begins()) {
        Set<String> covered = new HashSet<>(open.keySet());
        covered.removeIf(by -> open.get(by) != Stage.WRITTEN);
        syncing.put(moment.thread(), covered);
      }
      if (moment.call().contains("sync(") && moment.ends() && moment.call().endsWith("= 0")) {
        syncing
            .getOrDefault(moment.thread(), Set.of())
            .forEach(by -> open.computeIfPresent(by, (key, stage) -> Stage.SYNCED));
      }
    }

    void acknowledged(String by) {
      Stage stage = open.remove(by);
      if (stage != null) {
        assertEquals(Stage.SYNCED, stage, "acknowledgement " + ++acknowledged + " of " + by);
      }
    }
  }
}
