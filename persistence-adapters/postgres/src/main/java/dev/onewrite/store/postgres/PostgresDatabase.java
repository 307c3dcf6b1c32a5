package dev.onewrite.store.postgres;

import static java.util.stream.Collectors.joining;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Tail;
import dev.onewrite.store.jdbc.Database;
import dev.onewrite.store.jdbc.FailureKind;
import dev.onewrite.store.jdbc.JournalSql;
import dev.onewrite.store.jdbc.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** One schema of one PostgreSQL database: a connection for the writer, a pool for readers. */
final class PostgresDatabase implements Database {

  /*
   * Many nodes write. Each row carries the id of its transaction, and the tail shows only rows whose
   * id is below the snapshot's xmin, the oldest transaction that is open anywhere in the database
   * cluster. Every transaction below it has ended, so nothing can appear there any more: a late
   * commit has its place above everything that was read before, and a rolled back one leaves no gap
   * that anybody would wait for.
   *
   * Ids are given in the order in which transactions first write. A turn is written after the turn
   * before it was committed, so one history's rows rise in (transaction_id, ordering), whichever
   * node wrote them.
   *
   * The price: a transaction that has written and stays open holds back all that commits after it.
   * idle_in_transaction_session_timeout bounds it for our own, TailWatch names the others.
   */

  /** 30 minutes: a server's memory for a connection grows with what it has seen. */
  private static final Duration READER_LIFE = Duration.ofMinutes(30);

  /*
   * The columns to order by are named with their table: without it, transaction_id is the result's
   * bigint of that name, which no index has, and each read sorts the whole journal.
   */

  /** Where nothing is in flight the tail's bound is the last row that may be read. */
  static final String BOUND =
      "select transaction_id::text::bigint, ordering from journal"
          + " where transaction_id < pg_snapshot_xmin(pg_current_snapshot())"
          + " order by journal.transaction_id desc, journal.ordering desc limit 1";

  private static final String POSITION = "transaction_id::text::bigint, ordering";

  static final String TAIL =
      within(
          "(transaction_id, ordering) > (?::text::xid8, ?)"
              + " and transaction_id < pg_snapshot_xmin(pg_current_snapshot())"
              + " and slice between ? and ?",
          List.of("transaction_id", "ordering"));

  private static final String COUNT =
      "select count(*) from journal where (transaction_id, ordering) > (?::text::xid8, ?)"
          + " and (transaction_id, ordering) <= (?::text::xid8, ?) and slice between ? and ?";

  private final PostgresSettings settings;
  private final PGSimpleDataSource writers;
  private final HikariDataSource readers;
  private final Runnable unwatch;

  private PostgresDatabase(
      PostgresSettings settings,
      PGSimpleDataSource writers,
      HikariDataSource readers,
      Runnable unwatch) {
    this.settings = settings;
    this.writers = writers;
    this.readers = readers;
    this.unwatch = unwatch;
  }

  /** Checks the server and what commits are worth, and applies or checks the migrations. */
  static PostgresDatabase open(PostgresSettings settings) throws SQLException {
    PGSimpleDataSource writers = settings.source("onewrite writer");
    String where = settings.where();
    try (Connection connection = writers.getConnection()) {
      SelfCheck.server(connection, where);
      Schema schema = schema(settings, writers);
      if (settings.migrate() == PostgresSettings.Migrate.APPLY) {
        schema.apply();
      } else {
        List<String> pending = schema.pending();
        if (!pending.isEmpty()) {
          throw PostgresFailures.notMigrated(
              where, pending, connection.getMetaData().getUserName());
        }
      }
      SelfCheck.tables(connection, where);
    }
    HikariDataSource readers = readers(settings);
    TailWatch watch = TailWatch.start(readers, where, settings.heldWarning());
    return new PostgresDatabase(settings, writers, readers, watch::close);
  }

  /** For reading, which a standby will do for as well. */
  static PostgresDatabase attach(PostgresSettings settings) throws SQLException {
    PGSimpleDataSource source = settings.source("onewrite tools");
    try (Connection connection = source.getConnection()) {
      List<String> pending = schema(settings, source).pending();
      if (!pending.isEmpty()) {
        throw PostgresFailures.notMigrated(
            settings.where(), pending, connection.getMetaData().getUserName());
      }
    }
    return new PostgresDatabase(settings, source, readers(settings), () -> {});
  }

  /** All that a start checks. */
  static void check(PostgresSettings settings) throws SQLException {
    PGSimpleDataSource source = settings.source("onewrite tools");
    try (Connection connection = source.getConnection()) {
      SelfCheck.server(connection, settings.where());
      List<String> pending = schema(settings, source).pending();
      if (!pending.isEmpty()) {
        throw PostgresFailures.notMigrated(
            settings.where(), pending, connection.getMetaData().getUserName());
      }
      SelfCheck.tables(connection, settings.where());
    }
  }

  static Schema schema(PostgresSettings settings, PGSimpleDataSource owner) {
    return Schema.of(
        owner, PostgresDatabase.class, Optional.of(settings.schema()), settings.where());
  }

  private static HikariDataSource readers(PostgresSettings settings) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("onewrite-postgres-readers");
    pool.setDataSource(settings.source("onewrite reader"));
    pool.setConnectionInitSql("set statement_timeout = " + settings.statementTimeout().toMillis());
    pool.setReadOnly(true);
    pool.setMaximumPoolSize(settings.readers() + 1); // one looks after the tail
    pool.setConnectionTimeout(settings.connectTimeout().toMillis());
    pool.setValidationTimeout(Duration.ofSeconds(1).toMillis());
    pool.setMaxLifetime(READER_LIFE.toMillis());
    pool.setInitializationFailTimeout(-1); // the server was asked already
    return new HikariDataSource(pool);
  }

  @Override
  public String description() {
    return settings.where() + ", each commit synced (fsync, synchronous_commit)";
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection connection = writers.getConnection();
    boolean usable = false;
    try (Statement statement = connection.createStatement()) {
      SelfCheck.session(connection, settings.where());
      statement.execute(
          "set lock_timeout = "
              + settings.lockTimeout().toMillis()
              + "; set statement_timeout = "
              + settings.statementTimeout().toMillis()
              + "; set idle_in_transaction_session_timeout = "
              + settings.statementTimeout().toMillis());
      connection.setAutoCommit(false);
      usable = true;
      return connection;
    } finally {
      if (!usable) {
        connection.close();
      }
    }
  }

  @Override
  public Connection reader() throws SQLException {
    return readers.getConnection();
  }

  @Override
  public FailureKind kindOf(SQLException failure) {
    return PostgresFailures.kindOf(failure);
  }

  @Override
  public Position bound(Connection reader) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery(BOUND)) {
      return rows.next() ? Position.of(rows.getLong(1), rows.getLong(2)) : Position.START;
    }
  }

  @Override
  public PreparedStatement tail(Connection reader, Position after, SliceRange slices, int max)
      throws SQLException {
    PreparedStatement tail = reader.prepareStatement(TAIL);
    tail.setString(1, String.valueOf(after.transaction()));
    tail.setLong(2, after.ordering());
    tail.setInt(3, slices.from());
    tail.setInt(4, slices.to());
    tail.setInt(5, Math.max(max, 0));
    tail.setInt(6, 0);
    return tail;
  }

  @Override
  public String page(String condition, List<String> order) {
    return within(condition, order);
  }

  /*
   * The driver takes a whole result before it gives the first row, and fetching by rows would bound
   * it by rows. So the server ends a page by bytes: it adds up the lengths of the payloads in order,
   * for which it need not read them, and leaves out those behind the one that reaches the limit.
   */
  private static String within(String condition, List<String> order) {
    String inOrder = String.join(", ", order);
    String last = order.stream().map(column -> "summed." + column).collect(joining(", "));
    return "select "
        + JournalSql.COLUMNS
        + ", "
        + POSITION
        + ", slice from (select page.*, sum(length(payload)) over (order by "
        + inOrder
        + " rows unbounded preceding) - length(payload) as bytes_before from (select "
        + JournalSql.COLUMNS
        + ", transaction_id, ordering, slice from journal where "
        + condition
        + " order by "
        + inOrder
        + " limit ? offset ?) as page) as summed where bytes_before < "
        + Tail.PAGE_BYTES_MAX
        + " order by "
        + last;
  }

  @Override
  public String positionColumns() {
    return POSITION;
  }

  @Override
  public PreparedStatement count(Connection reader, Position after, Position to, SliceRange slices)
      throws SQLException {
    PreparedStatement count = reader.prepareStatement(COUNT);
    count.setString(1, String.valueOf(after.transaction()));
    count.setLong(2, after.ordering());
    count.setString(3, String.valueOf(to.transaction()));
    count.setLong(4, to.ordering());
    count.setInt(5, slices.from());
    count.setInt(6, slices.to());
    return count;
  }

  @Override
  public Position position(ResultSet rows) throws SQLException {
    return Position.of(rows.getLong(7), rows.getLong(8));
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public boolean gathersRows() {
    return true;
  }

  @Override
  public String forUpdate() {
    return " for update";
  }

  @Override
  public void close() {
    unwatch.run();
    readers.close();
  }
}
