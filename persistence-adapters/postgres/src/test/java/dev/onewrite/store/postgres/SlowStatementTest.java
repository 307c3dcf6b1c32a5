package dev.onewrite.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.RetryableException;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A statement that takes longer than the server allows is one write's, until two of them do. */
final class SlowStatementTest {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  private static final String WAITING =
      "select count(*) from pg_stat_activity"
          + " where wait_event_type = 'Lock' and datname = current_database()";

  private final String url = TestPostgres.shared().database();

  @Test
  void statement_thatIsCancelled_failsItsWriteAlone() throws Exception {
    Map<String, String> settings =
        Map.of(
            "onewrite.postgres.lock-timeout", "15s", "onewrite.postgres.statement-timeout", "3s");
    try (Store store = Opened.at(url, settings);
        Connection stalled = Sql.connect(url);
        Statement statement = stalled.createStatement()) {
      store.snapshots().save(snapshot("form|a"));
      stalled.setAutoCommit(false);
      statement.executeQuery("select * from onewrite.snapshot for update").close();

      Saving before = new Saving(store, "form|a");
      Await.until("the write waits", WITHIN, () -> number(WAITING) == 1);
      Saving slow = new Saving(store, "form|a"); // these two share a commit: the first is under way
      Saving beside = new Saving(store, "form|b");
      Await.until("both are handed in", WITHIN, () -> slow.isHandedIn() && beside.isHandedIn());
      assertFalse(before.ended.isDone(), "the first is over already");

      assertTrue(before.ended.join().orElseThrow().getMessage().contains("OW307"));
      assertTrue(slow.ended.join().orElseThrow().getMessage().contains("OW307"));
      assertEquals(Optional.empty(), beside.ended.join());
      stalled.rollback();
    }
  }

  /** A thread that saves and waits for it. */
  private static final class Saving {

    private final CompletableFuture<Optional<RetryableException>> ended = new CompletableFuture<>();
    private final Thread thread;

    Saving(Store store, String entity) {
      thread = new Thread(() -> ended.complete(Optional.ofNullable(failure(store, entity))));
      thread.start();
    }

    private static @Nullable RetryableException failure(Store store, String entity) {
      try {
        store.snapshots().save(snapshot(entity));
        return null;
      } catch (RetryableException e) {
        return e;
      }
    }

    boolean isHandedIn() {
      return thread.getState() == Thread.State.WAITING;
    }
  }

  private static SnapshotRow snapshot(String entity) {
    return new SnapshotRow(entity, 1, "state/1", "state".getBytes(UTF_8), 0);
  }

  private long number(String query) {
    try {
      return Sql.number(url, query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
