package dev.onewrite.store.jdbc;

import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;

/** Reads on pooled connections, their failures coded. */
final class Reads {

  @FunctionalInterface
  interface Query<T> {
    T on(Connection connection) throws SQLException;
  }

  private final Database database;
  private final Failures failures;
  private volatile boolean closed;

  Reads(Database database) {
    this.database = database;
    this.failures = new Failures(database.description());
  }

  /** {@code subject} is what is read, in words, for an error. */
  <T> T read(String subject, Query<T> query) {
    if (closed) {
      throw failures.closed("Reading " + subject);
    }
    try (Connection connection = database.reader()) {
      return query.on(connection);
    } catch (SQLException e) {
      throw e instanceof SQLDataException || database.kindOf(e) == FailureKind.DAMAGED
          ? failures.damaged(subject, e)
          : failures.unreadable(subject, e);
    }
  }

  void close() {
    closed = true;
  }
}
