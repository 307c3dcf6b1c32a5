package dev.onewrite.store.jdbc;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.JournalRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The writer's connection with its prepared statements. Used by the writer thread alone. */
final class WriterSession implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** Those that are locked until the transaction ends, by group. */
  private final Map<String, Position> floors = new HashMap<>();

  /** Journal rows wait for {@link #flush}. */
  private boolean gathering;

  WriterSession(Connection connection) {
    this.connection = connection;
  }

  /** The statement for {@code sql}, prepared once a connection; nobody closes it but this. */
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement prepared = statements.get(sql);
    if (prepared == null) {
      prepared = connection.prepareStatement(sql);
      statements.put(sql, prepared);
    }
    return prepared;
  }

  /** A transaction begins, in which journal rows are gathered, or sent one by one. */
  void begin(boolean gathering) throws SQLException {
    this.gathering = gathering;
    floors.clear();
    statement(JournalSql.INSERT).clearBatch();
  }

  /** Inserts a journal row, now or with the next {@link #flush}. */
  void insert(JournalRow row) throws SQLException {
    PreparedStatement insert = statement(JournalSql.INSERT);
    JournalSql.bind(insert, row);
    if (gathering) {
      insert.addBatch();
    } else {
      insert.executeUpdate();
    }
  }

  /** Sends what was gathered. Its failure is that of any of the rows. */
  void flush() throws SQLException {
    if (gathering) {
      statement(JournalSql.INSERT).executeBatch();
    }
  }

  Map<String, Position> floors() {
    return floors;
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    // Closing a connection closes its statements.
    connection.close();
  }
}
