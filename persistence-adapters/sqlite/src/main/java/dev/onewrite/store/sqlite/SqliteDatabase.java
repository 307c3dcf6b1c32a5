package dev.onewrite.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.store.jdbc.Database;
import dev.onewrite.store.jdbc.FailureKind;
import dev.onewrite.store.jdbc.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One SQLite file: a connection for the writer, a pool of connections that only read. */
final class SqliteDatabase implements Database {

  /*
   * Write-ahead log with synchronous=FULL: a commit is synced before it returns and before a reader
   * sees it; readers neither wait for the writer nor hold it up.
   *
   * Transactions are deferred, not immediate: with auto-commit off the driver opens the next
   * transaction within commit(), and an immediate one would hold the write lock while idle and could
   * make a commit that happened look as if it had failed. With one writer, whose transactions all
   * begin with a write, deferred costs nothing.
   */

  /** 5 s for a backup tool that holds the lock for a moment; nobody else ever does. */
  private static final int BUSY_MILLIS = 5_000;

  /** Eight: replays of entities that start and the tails of groups, on few cores. */
  private static final int READERS = 8;

  /** 10 s: a reader that waits longer for a connection had better fail and be tried again. */
  private static final long READER_WAIT_MILLIS = 10_000;

  /** 16 MiB of pages for the writer: the inner pages of the index of a few million rows. */
  private static final int WRITER_CACHE_KIB = 16 * 1_024;

  /**
   * 4,000 pages, 16 MiB of log before it is copied into the file: each history writes pages of its
   * own, and a longer log copies a page that changed often once. More only makes the start after a
   * kill read more. With the default of 1,000, a thousand busy histories get half as far.
   */
  private static final int CHECKPOINT_PAGES = 4_000;

  private static final int SYNCHRONOUS_FULL = 2;

  private static final String TAIL = "ordering > ? and slice between ? and ?";

  private static final String COUNT =
      "select count(*) from journal where ordering > ? and ordering <= ? and slice between ? and ?";

  private final Path file;
  private final SQLiteDataSource writers;
  private final HikariDataSource readers;
  private final Runnable release;

  private SqliteDatabase(
      Path file, SQLiteDataSource writers, HikariDataSource readers, Runnable release) {
    this.file = file;
    this.writers = writers;
    this.readers = readers;
    this.release = release;
  }

  /** Checks what commits are worth, and creates or migrates the tables. */
  static SqliteDatabase open(StoreDirectory directory) throws SQLException {
    Path file = directory.database();
    SQLiteDataSource writers = writers(file, SQLiteConfig.TransactionMode.DEFERRED);
    openWriter(writers, file).close();
    Schema.of(writers, SqliteDatabase.class, Optional.empty(), file.toString()).apply();
    return new SqliteDatabase(
        file, writers, readers(new SQLiteConfig(), false, file), directory::release);
  }

  /**
   * Opens it beside the process that holds its directory. What reads opens the file for reading
   * only, so that it can change nothing, and nobody waits.
   */
  static SqliteDatabase attach(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource source = source(config, file);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      pragma(statement, "schema_version"); // reads the file's first page, whatever it is
    }
    List<String> pending =
        Schema.of(source, SqliteDatabase.class, Optional.empty(), file.toString()).pending();
    if (!pending.isEmpty()) {
      throw SqliteFailures.notMigrated(file, pending);
    }
    // Beside another writer: what it reads before it writes must not be old by then.
    SQLiteDataSource writers = writers(file, SQLiteConfig.TransactionMode.IMMEDIATE);
    return new SqliteDatabase(file, writers, readers(config, true, file), () -> {});
  }

  private static SQLiteDataSource writers(Path file, SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setTransactionMode(mode);
    config.setCacheSize(-WRITER_CACHE_KIB); // negative: KiB, not pages
    return source(config, file);
  }

  /** {@code readOnly}: as the configuration says of it, which the driver does not tell. */
  private static HikariDataSource readers(SQLiteConfig config, boolean readOnly, Path file) {
    config.setBusyTimeout(BUSY_MILLIS);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("onewrite-sqlite-readers");
    pool.setDataSource(source(config, file));
    pool.setReadOnly(readOnly);
    pool.setConnectionInitSql("pragma query_only = on");
    pool.setMaximumPoolSize(READERS);
    pool.setConnectionTimeout(READER_WAIT_MILLIS);
    pool.setMaxLifetime(0); // a file does not close connections
    return new HikariDataSource(pool);
  }

  private static SQLiteDataSource source(SQLiteConfig config, Path file) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static Connection openWriter(SQLiteDataSource writers, Path file) throws SQLException {
    Connection connection = writers.getConnection();
    boolean usable = false;
    try (Statement statement = connection.createStatement()) {
      // On macOS a plain sync stops at the drive's cache; elsewhere these change nothing.
      statement.execute("pragma fullfsync = on");
      statement.execute("pragma checkpoint_fullfsync = on");
      statement.execute("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
      String journalMode = pragma(statement, "journal_mode");
      if (!journalMode.equalsIgnoreCase("wal")) {
        throw SqliteFailures.notSynced(file, "journal_mode must be wal", journalMode);
      }
      String synchronous = pragma(statement, "synchronous");
      if (Integer.parseInt(synchronous) < SYNCHRONOUS_FULL) {
        throw SqliteFailures.notSynced(file, "synchronous must be 2 (FULL)", synchronous);
      }
      connection.setAutoCommit(false);
      usable = true;
      return connection;
    } finally {
      if (!usable) {
        connection.close();
      }
    }
  }

  private static String pragma(Statement statement, String name) throws SQLException {
    try (ResultSet rows = statement.executeQuery("pragma " + name)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  @Override
  public String description() {
    return "sqlite at " + file + ", each commit synced (WAL, synchronous=FULL)";
  }

  @Override
  public Connection openWriter() throws SQLException {
    return openWriter(writers, file);
  }

  @Override
  public Connection reader() throws SQLException {
    return readers.getConnection();
  }

  @Override
  public FailureKind kindOf(SQLException failure) {
    return SqliteFailures.kindOf(failure);
  }

  @Override
  public Position bound(Connection reader) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("select max(ordering) from journal")) {
      return Position.of(0, rows.next() ? rows.getLong(1) : 0);
    }
  }

  @Override
  public PreparedStatement tail(Connection reader, Position after, SliceRange slices, int max)
      throws SQLException {
    PreparedStatement tail = reader.prepareStatement(page(TAIL, List.of("ordering")));
    tail.setLong(1, after.ordering());
    tail.setInt(2, slices.from());
    tail.setInt(3, slices.to());
    tail.setInt(4, Math.max(max, 0));
    tail.setInt(5, 0);
    return tail;
  }

  @Override
  public String positionColumns() {
    return "ordering";
  }

  @Override
  public PreparedStatement count(Connection reader, Position after, Position to, SliceRange slices)
      throws SQLException {
    PreparedStatement count = reader.prepareStatement(COUNT);
    count.setLong(1, after.ordering());
    count.setLong(2, to.ordering());
    count.setInt(3, slices.from());
    count.setInt(4, slices.to());
    return count;
  }

  @Override
  public Position position(ResultSet rows) throws SQLException {
    return Position.of(0, rows.getLong(7));
  }

  @Override
  public void close() {
    readers.close();
    release.run();
  }
}
