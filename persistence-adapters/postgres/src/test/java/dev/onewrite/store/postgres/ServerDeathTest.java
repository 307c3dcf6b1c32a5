package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.PostgresServer;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed, or was never there, at one of the hosts. */
final class ServerDeathTest {

  private static final int HISTORIES = 16;
  private static final int KILLS = 3;
  private static final int ACKNOWLEDGED_BETWEEN = 300;

  @TempDir Path directory;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> codes = ConcurrentHashMap.newKeySet();
  private final Semaphore progress = new Semaphore(0);
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void postmasterKilledUnderLoad_losesNothingAcknowledged_andTheStoreComesBack() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(HISTORIES);
    try (PostgresServer server = PostgresServer.start(directory, 0);
        Store store = Opened.at(server.url())) {
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < HISTORIES; i++) {
        String persistenceId = "form|" + i;
        writing.add(threads.submit(() -> write(store, persistenceId)));
      }

      for (int kill = 0; kill < KILLS; kill++) {
        assertTrue(progress.tryAcquire(ACKNOWLEDGED_BETWEEN, 60, TimeUnit.SECONDS));
        server.kill();
        server.start();
      }
      assertTrue(progress.tryAcquire(ACKNOWLEDGED_BETWEEN, 60, TimeUnit.SECONDS));
      done.set(true);
      for (Future<?> writer : writing) {
        writer.get(60, TimeUnit.SECONDS);
      }

      List<String> rows = Rows.after(store, Position.START);
      Set<String> there = new HashSet<>(rows);
      assertEquals(rows.size(), there.size());
      assertTrue(there.containsAll(acknowledged), "acknowledged and gone");
      for (int i = 0; i < HISTORIES; i++) {
        String prefix = "form|" + i + "#";
        List<String> history = rows.stream().filter(row -> row.startsWith(prefix)).toList();
        for (int n = 0; n < history.size(); n++) {
          assertEquals(prefix + (n + 1), history.get(n));
        }
      }
      assertFalse(codes.isEmpty(), "the kills were not noticed");
      assertTrue(Set.of("OW302", "OW307", "OW308", "OW301").containsAll(codes), codes::toString);
    } finally {
      threads.shutdownNow();
    }
  }

  /** As an entity does: after a failure it reads its history and goes on from its end. */
  private void write(Store store, String persistenceId) {
    long next = 1;
    while (!done.get()) {
      try {
        Rows.append(store, persistenceId, next);
        acknowledged.add(persistenceId + "#" + next);
        progress.release();
        next++;
      } catch (CompletionException e) {
        codes.add(e.getCause() instanceof OnewriteException coded ? coded.code() : e.toString());
        next = highest(store, persistenceId) + 1;
      }
    }
  }

  private static long highest(Store store, String persistenceId) {
    while (true) {
      try {
        return store.journal().highestSequenceNumber(persistenceId);
      } catch (OnewriteException e) {
        assertEquals("OW310", e.code());
      }
    }
  }

  @Test
  void url_withADeadFirstHost_findsThePrimary() {
    String url = TestPostgres.shared().database();
    String two = url.replace("jdbc:postgresql://", "jdbc:postgresql://127.0.0.1:1,");

    try (Store store = Opened.at(two)) {
      Rows.append(store, "form|1", 1);

      assertEquals(1, store.journal().highestSequenceNumber("form|1"));
    }
  }

  @Test
  void url_withAStandbyFirst_findsThePrimary() throws Exception {
    String primary = TestPostgres.shared().database();
    try (PostgresServer standby = PostgresServer.start(directory, 0)) {
      standby.close();
      java.nio.file.Files.createFile(standby.data().resolve("standby.signal"));
      standby.start();
      String two =
          primary.replace(
              "jdbc:postgresql://", "jdbc:postgresql://127.0.0.1:" + standby.port() + ",");

      try (Store store = Opened.at(two)) {
        Rows.append(store, "form|1", 1);

        assertEquals(1, store.journal().highestSequenceNumber("form|1"));
      }
    }
  }
}
