package dev.onewrite.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What is in the store once the application has stopped, counted behind its back.
 *
 * @param journal rows of the journal: one a turn
 * @param snapshots rows of snapshots, which only make recovery quicker
 * @param offsets rows that say how far deliveries are; a handful, however many deliveries
 */
record JournalRows(long journal, long snapshots, long offsets) {

  /** Opens for reading only. */
  private static final String READ_ONLY = "?open_mode=1";

  /** In the embedded store of {@code directory}. */
  static JournalRows count(Path directory) throws SQLException {
    return count("jdbc:sqlite:" + directory.resolve("onewrite.db") + READ_ONLY, "");
  }

  /**
   * In any store.
   *
   * @param schema before the names of tables
   */
  static JournalRows count(String url, String schema) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      return new JournalRows(
          rows(statement, schema + "journal"),
          rows(statement, schema + "snapshot"),
          rows(statement, schema + "consumer_offset") + rows(statement, schema + "consumer_floor"));
    }
  }

  private static long rows(Statement statement, String table) throws SQLException {
    try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      return count.next() ? count.getLong(1) : 0;
    }
  }
}
