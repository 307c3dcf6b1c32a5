package dev.onewrite.store.jdbc;

import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Journal;
import dev.onewrite.spi.Offsets;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.Snapshots;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.Timers;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store on a {@link Database} with one writer. */
public final class JdbcStore implements Store {

  private final Database database;
  private final CommitListeners listeners;
  private final GroupCommit writer;
  private final Reads reads;
  private final JdbcJournal journal;
  private final JdbcSnapshots snapshots;
  private final JdbcTail tail;
  private final JdbcOffsets offsets;
  private final JdbcTimers timers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private JdbcStore(Database database, CommitListeners listeners, GroupCommit writer) {
    this.database = database;
    this.listeners = listeners;
    this.writer = writer;
    this.reads = new Reads(database);
    this.journal = new JdbcJournal(writer, reads, new Failures(database.description()));
    this.snapshots = new JdbcSnapshots(writer, reads);
    this.tail = new JdbcTail(database, reads);
    this.offsets = new JdbcOffsets(writer, reads, database);
    this.timers = new JdbcTimers(writer, reads);
  }

  /**
   * Starts the writer. The schema must be there: see {@link Schema}.
   *
   * <p><b>Failure.</b> If the writer's connection cannot be opened, {@code database} is left open;
   * the caller closes it.
   */
  public static JdbcStore open(Database database, Faults faults) throws SQLException {
    CommitListeners listeners = new CommitListeners();
    return new JdbcStore(database, listeners, GroupCommit.start(database, faults, listeners));
  }

  @Override
  public String description() {
    return database.description();
  }

  @Override
  public boolean shared() {
    return database.shared();
  }

  @Override
  public boolean survivesRestart() {
    return true;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public Tail tail() {
    return tail;
  }

  @Override
  public Offsets offsets() {
    return offsets;
  }

  @Override
  public Timers timers() {
    return timers;
  }

  @Override
  public SetAside setAside() {
    throw new UnsupportedOperationException("the tables come with the next migration");
  }

  @Override
  public AutoCloseable onCommit(Runnable listener) {
    return listeners.add(listener);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      writer.close();
      reads.close();
      database.close();
    }
  }
}
