package dev.onewrite.store.jdbc;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * All that differs between databases. Everything not here is written once, in SQL that SQLite and
 * PostgreSQL both take: {@code on conflict}, row values, the table and column names.
 */
public interface Database {

  /** One line for the start: which database, where, and what a commit is worth. */
  String description();

  /**
   * A new connection for the writer, who closes it. Auto-commit is off, and {@link
   * Connection#commit} returns when the commit is durable.
   *
   * <p><b>When.</b> Once at the start, and again after each failure that may have left the former
   * connection in doubt.
   */
  Connection openWriter() throws SQLException;

  /** A connection from the pool of the readers, with auto-commit; closing it gives it back. */
  Connection reader() throws SQLException;

  FailureKind kindOf(SQLException failure);

  /** The greatest position below which nothing new can appear. */
  Position bound(Connection reader) throws SQLException;

  /**
   * The tail's query, ready to run, as {@link #page} gives it: of the rows after {@code after} in
   * {@code slices}, in position order.
   */
  PreparedStatement tail(Connection reader, Position after, SliceRange slices, int max)
      throws SQLException;

  /**
   * A query for a page of the journal: {@link JournalSql#COLUMNS}, {@link #positionColumns} and the
   * slice. Its last two parameters are how many rows it has at most, and how many it leaves out
   * before.
   *
   * <p><b>Limit.</b> It ends with the row that brings its payloads to {@link
   * dev.onewrite.spi.Tail#PAGE_BYTES_MAX} where the driver takes a whole result before it gives the
   * first row. Elsewhere who reads stops there.
   */
  default String page(String condition, List<String> order) {
    return "select "
        + JournalSql.COLUMNS
        + ", "
        + positionColumns()
        + ", slice from journal where "
        + condition
        + " order by "
        + String.join(", ", order)
        + " limit ? offset ?";
  }

  /** What a query selects right behind {@link JournalSql#COLUMNS} for {@link #position}. */
  String positionColumns();

  /** How many rows of {@code slices} are after {@code after} and not after {@code to}. */
  PreparedStatement count(Connection reader, Position after, Position to, SliceRange slices)
      throws SQLException;

  /** The position of the row that {@code rows} stands on, of the query {@link #tail}. */
  Position position(ResultSet rows) throws SQLException;

  /**
   * Whether journal rows go to the server in one message for many, where each message costs a round
   * trip. If such a message fails, but for a time-out, the writer sends its rows again, one by one.
   */
  default boolean gathersRows() {
    return false;
  }

  /**
   * What a {@code select} ends with that locks its rows until the transaction ends; empty where
   * there is one writer to the database.
   */
  default String forUpdate() {
    return "";
  }

  /** Whether several processes may work on it at once. */
  default boolean shared() {
    return false;
  }

  /** Lets go of everything. Called once, after the writer's connection is closed. */
  void close();
}
