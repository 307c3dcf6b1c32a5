package dev.onewrite.store.sqlite;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.store.jdbc.Database;
import dev.onewrite.store.jdbc.FailureKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database whose file can be kept from growing, as on a disk that is full. */
final class SmallDisk implements Database {

  private static final int SPARE_PAGES = 40;
  private static final int PAGES_MAX = 1_000_000;

  private final Database database;
  private final AtomicInteger pagesMax = new AtomicInteger(PAGES_MAX);

  SmallDisk(Database database) {
    this.database = database;
  }

  /** Leaves room for small rows, from the writer's next connection on. */
  void fill() throws SQLException {
    try (Connection reader = database.reader();
        Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("pragma page_count")) {
      rows.next();
      pagesMax.set(rows.getInt(1) + SPARE_PAGES);
    }
  }

  /** From the writer's next connection on. */
  void mend() {
    pagesMax.set(PAGES_MAX);
  }

  /** SQLite keeps the limit for the connection alone. */
  @Override
  public Connection openWriter() throws SQLException {
    Connection writer = database.openWriter();
    try (Statement statement = writer.createStatement()) {
      statement.execute("pragma max_page_count = " + pagesMax.get());
    }
    writer.rollback();
    return writer;
  }

  @Override
  public String description() {
    return database.description();
  }

  @Override
  public Connection reader() throws SQLException {
    return database.reader();
  }

  @Override
  public FailureKind kindOf(SQLException failure) {
    return database.kindOf(failure);
  }

  @Override
  public Position bound(Connection reader) throws SQLException {
    return database.bound(reader);
  }

  @Override
  public PreparedStatement tail(Connection reader, Position after, SliceRange slices, int max)
      throws SQLException {
    return database.tail(reader, after, slices, max);
  }

  @Override
  public String positionColumns() {
    return database.positionColumns();
  }

  @Override
  public PreparedStatement count(Connection reader, Position after, Position to, SliceRange slices)
      throws SQLException {
    return database.count(reader, after, to, slices);
  }

  @Override
  public Position position(ResultSet rows) throws SQLException {
    return database.position(rows);
  }

  @Override
  public void close() {
    database.close();
  }
}
