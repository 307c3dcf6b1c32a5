package dev.onewrite.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The writer's connection with its prepared statements. Used by the writer thread alone. */
final class WriterSession implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

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

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    // Closing a connection closes its statements.
    connection.close();
  }
}
