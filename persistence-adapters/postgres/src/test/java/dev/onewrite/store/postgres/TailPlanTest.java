package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** However long the journal, a read of the tail follows its index and sorts nothing. */
final class TailPlanTest {

  private final String url = TestPostgres.shared().database();

  @Test
  void bound_anyJournal_isTheEndOfTheIndex() throws Exception {
    assertOfTheIndex(plan(PostgresDatabase.BOUND));
  }

  @Test
  void tail_anyJournal_isReadInTheOrderOfTheIndex() throws Exception {
    assertOfTheIndex(plan(PostgresDatabase.TAIL, "7", 7L, 0, 1023, 256, 0));
  }

  private static void assertOfTheIndex(String plan) {
    assertTrue(plan.contains("journal_tail"), plan);
    assertFalse(plan.contains("Sort"), plan);
  }

  private String plan(String query, Object... values) throws SQLException {
    Talk.node(url).close(); // makes the tables
    StringBuilder plan = new StringBuilder();
    try (Connection connection = Sql.connect(url);
        Statement settings = connection.createStatement()) {
      // A small table is sorted faster than it is looked up; a long one is what is asked about.
      settings.execute(
          "set search_path = onewrite; set enable_seqscan = off;"
              + " set enable_bitmapscan = off; set enable_sort = off");
      try (PreparedStatement explain = connection.prepareStatement("explain " + query)) {
        for (int i = 0; i < values.length; i++) {
          explain.setObject(i + 1, values[i]);
        }
        try (ResultSet lines = explain.executeQuery()) {
          while (lines.next()) {
            plan.append(lines.getString(1)).append('\n');
          }
        }
      }
    }
    return plan.toString();
  }
}
