package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node that is stalled in the middle of storing an offset holds up what others store there. */
final class LockedFloorTest {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  private static final String WAITING =
      "select count(*) from pg_stat_activity"
          + " where wait_event_type = 'Lock' and datname = current_database()";

  private final String url = TestPostgres.shared().database();

  @Test
  void floor_thatAnotherNodeHolds_holdsUpNoRowOfTheJournal() throws Exception {
    try (Store store = Opened.at(url);
        Connection stalled = Sql.connect(url);
        Statement statement = stalled.createStatement()) {
      store.offsets().save("audit", SliceRange.ALL, Position.of(1, 1));
      stalled.setAutoCommit(false);
      statement.executeQuery("select * from onewrite.consumer_floor for update").close();

      CompletableFuture<Position> saving =
          CompletableFuture.supplyAsync(
              () -> store.offsets().save("audit", SliceRange.ALL, Position.of(2, 1)));
      Await.until("the offset waits", WITHIN, () -> number(WAITING) == 1);
      Rows.append(store, "form|1", 1);
      boolean saved = saving.isDone();

      stalled.rollback();
      saving.join();
      assertFalse(saved, "the row has waited as long as the offset");
    }
  }

  private long number(String query) {
    try {
      return Sql.number(url, query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
