package dev.onewrite.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Another client of the same database. */
final class Sql {

  private Sql() {}

  static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url);
  }

  static void run(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = onewrite");
      statement.execute(sql);
    }
  }

  static long number(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A script that the store brings. */
  static String script(String name) {
    try (InputStream script = PostgresStoreProvider.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row as another node would write it, in a transaction that stays open. */
  static Connection inserting(String url, String persistenceId, long number) throws SQLException {
    Connection connection = connect(url);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into onewrite.journal (persistence_id, sequence_number, slice, writer, manifest,"
              + " payload, written_at) values ('"
              + persistenceId
              + "', "
              + number
              + ", 7, 'writer-2', 'batch/1', 'x', 0)");
    }
    return connection;
  }
}
