package dev.onewrite.store.jdbc;

import dev.onewrite.spi.CommitListeners;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Journal;
import dev.onewrite.spi.Offsets;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.Snapshots;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.Timers;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on a {@link Database}. One writer writes all journal rows; where the database takes
 * several, another one writes what is besides.
 */
public final class JdbcStore implements Store {

  /*
   * What is besides (offsets, messages set aside, timers, snapshots) locks rows that other nodes
   * want, and there may be much of it. A journal row must wait for none of that: not for a lock
   * that a stalled node holds, not behind thousands of deferred messages.
   */

  private static final Logger log = LoggerFactory.getLogger(JdbcStore.class);

  private final Database database;
  private final CommitListeners listeners;
  private final List<Writer> writers;
  private final Reads reads;
  private final JdbcJournal journal;
  private final JdbcSnapshots snapshots;
  private final JdbcTail tail;
  private final JdbcOffsets offsets;
  private final JdbcTimers timers;
  private final JdbcContents contents;
  private final JdbcSetAside setAside;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A store with three ways to write.
   *
   * @param rows of the journal
   * @param asides messages set aside, which tools change, too
   */
  private JdbcStore(
      Database database, CommitListeners listeners, Writer rows, Writer besides, Writer asides) {
    this.database = database;
    this.listeners = listeners;
    this.writers = List.of(rows, besides, asides);
    this.reads = new Reads(database);
    this.journal = new JdbcJournal(rows, reads, new Failures(database.description()), database);
    this.snapshots = new JdbcSnapshots(besides, reads);
    this.tail = new JdbcTail(database, reads);
    this.offsets = new JdbcOffsets(besides, reads, database);
    this.timers = new JdbcTimers(besides, reads);
    this.contents = new JdbcContents(database, reads);
    this.setAside = new JdbcSetAside(asides, reads, database);
  }

  /**
   * Starts the writers. The schema must be there: see {@link Schema}.
   *
   * <p><b>Failure.</b> If the writer's connection cannot be opened, {@code database} is left open;
   * the caller closes it.
   */
  public static JdbcStore open(Database database, Faults faults) throws SQLException {
    CommitListeners listeners = listeners();
    GroupCommit writer = GroupCommit.start(database, faults, listeners);
    Writer besides =
        database.shared() ? GroupCommit.lazily(database, "onewrite-besides", listeners) : writer;
    return new JdbcStore(database, listeners, writer, besides, besides);
  }

  /**
   * For tools. Nothing is written but what is set aside, and a connection for that is opened when
   * somebody does. No row of the journal comes from here, so positions stay the commit order.
   */
  public static JdbcStore attach(Database database) {
    CommitListeners nobody = listeners();
    Writer none = new NoWriter(database);
    Writer operators = GroupCommit.lazily(database, "onewrite-operators", nobody);
    return new JdbcStore(database, nobody, none, none, operators);
  }

  private static CommitListeners listeners() {
    return new CommitListeners(
        e -> log.warn("A commit listener threw. The commit stands; it may have missed it.", e));
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
  public Contents contents() {
    return contents;
  }

  @Override
  public SetAside setAside() {
    return setAside;
  }

  @Override
  public AutoCloseable onCommit(Runnable listener) {
    return listeners.add(listener);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      writers.forEach(Writer::close);
      reads.close();
      database.close();
    }
  }
}
