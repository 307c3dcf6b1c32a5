package dev.onewrite.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.TailRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at any moment leaves whole appends, and each that was acknowledged. */
final class SqliteKillTest {

  private static final int ROUNDS = 8;

  @TempDir Path directory;

  @Test
  void kill_atRandomMoments_losesNothingAcknowledgedAndCutsNothing() throws Exception {
    long seed = Long.getLong("onewrite.seed", new Random().nextLong());
    Random random = new Random(seed);
    Map<String, Long> acknowledged = new HashMap<>();

    for (int round = 0; round < ROUNDS; round++) {
      try (Forked process = Forked.start(directory)) {
        if (round % 4 == 0) {
          process.awaitLine("opening"); // dies while it loads, migrates or recovers
        } else {
          process.awaitAcknowledged(1 + random.nextInt(400));
        }
        process.kill();
        process.acknowledged().forEach((id, number) -> acknowledged.merge(id, number, Math::max));
      }
      Map<String, Long> found = histories("seed " + seed + " round " + round);
      acknowledged.forEach(
          (id, number) ->
              assertTrue(
                  found.getOrDefault(id, 0L) >= number,
                  "seed " + seed + ": " + id + " lost " + number + ", found " + found.get(id)));
    }

    assertEquals(AppendingProcess.ENTITIES, acknowledged.size(), "seed " + seed);
  }

  @Test
  void kill_beforeCommit_leavesWhatWasAcknowledgedAndNoMore() throws Exception {
    Map<String, Long> acknowledged = acknowledgedUntil("BEFORE_COMMIT", "7");

    Map<String, Long> found = histories("before the commit");

    assertEquals(acknowledged, found);
  }

  @Test
  void kill_afterCommit_leavesMoreThanWasAcknowledged() throws Exception {
    Map<String, Long> acknowledged = acknowledgedUntil("AFTER_COMMIT", "7");

    Map<String, Long> found = histories("after the commit");

    long more = sum(found) - sum(acknowledged);
    assertTrue(more > 0 && more % AppendingProcess.ROWS == 0, () -> acknowledged + " " + found);
  }

  private Map<String, Long> acknowledgedUntil(String... fault)
      throws IOException, InterruptedException {
    try (Forked process = Forked.start(directory, fault)) {
      process.awaitEnd();
      assertTrue(sum(process.acknowledged()) > 0);
      return process.acknowledged();
    }
  }

  /** Opens the store, checks every history and the tail, and gives the histories' ends. */
  private Map<String, Long> histories(String when) {
    try (Store store =
        new SqliteStoreProvider()
            .open(ConfigFactory.parseMap(Map.of("directory", directory.toString())), Faults.NONE)) {
      Map<String, Long> ends = new HashMap<>();
      for (int entity = 0; entity < AppendingProcess.ENTITIES; entity++) {
        String id = "form|" + entity;
        List<JournalRow> rows = new ArrayList<>();
        store.journal().replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE, rows::add);
        for (int i = 0; i < rows.size(); i++) {
          assertEquals(i + 1, rows.get(i).sequenceNumber(), when);
          assertArrayEquals(AppendingProcess.payload(id, i + 1), rows.get(i).payload(), when);
        }
        assertEquals(0, rows.size() % AppendingProcess.ROWS, when + ": an append was cut");
        if (!rows.isEmpty()) {
          ends.put(id, (long) rows.size());
        }
      }
      List<TailRow> tail = store.tail().read(Position.START, SliceRange.ALL, Integer.MAX_VALUE);
      assertEquals(sum(ends), tail.size(), when);
      return ends;
    }
  }

  private static long sum(Map<String, Long> numbers) {
    return numbers.values().stream().mapToLong(Long::longValue).sum();
  }
}
