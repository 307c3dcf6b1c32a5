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
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store on a {@link Database} with one writer. */
public final class JdbcStore implements Store {

  private static final Logger log = LoggerFactory.getLogger(JdbcStore.class);

  private final Database database;
  private final CommitListeners listeners;
  private final Writer writer;

  /** Redrives and discards; the same, but beside a node. */
  private final Writer operators;

  private final Reads reads;
  private final JdbcJournal journal;
  private final JdbcSnapshots snapshots;
  private final JdbcTail tail;
  private final JdbcOffsets offsets;
  private final JdbcTimers timers;
  private final JdbcContents contents;
  private final JdbcSetAside setAside;
  private final AtomicBoolean closed = new AtomicBoolean();

  private JdbcStore(Database database, CommitListeners listeners, Writer writer, Writer operators) {
    this.database = database;
    this.listeners = listeners;
    this.writer = writer;
    this.operators = operators;
    this.reads = new Reads(database);
    this.journal = new JdbcJournal(writer, reads, new Failures(database.description()));
    this.snapshots = new JdbcSnapshots(writer, reads);
    this.tail = new JdbcTail(database, reads);
    this.offsets = new JdbcOffsets(writer, reads, database);
    this.timers = new JdbcTimers(writer, reads);
    this.contents = new JdbcContents(database, reads);
    this.setAside = new JdbcSetAside(operators, reads, database);
  }

  /**
   * Starts the writer. The schema must be there: see {@link Schema}.
   *
   * <p><b>Failure.</b> If the writer's connection cannot be opened, {@code database} is left open;
   * the caller closes it.
   */
  public static JdbcStore open(Database database, Faults faults) throws SQLException {
    CommitListeners listeners = listeners();
    GroupCommit writer = GroupCommit.start(database, faults, listeners);
    return new JdbcStore(database, listeners, writer, writer);
  }

  /**
   * For tools. Nothing is written but what is set aside, and a connection for that is opened when
   * somebody does. No row of the journal comes from here, so positions stay the commit order.
   */
  public static JdbcStore attach(Database database) {
    CommitListeners nobody = listeners();
    Writer operators = GroupCommit.lazily(database, nobody);
    return new JdbcStore(database, nobody, new NoWriter(database), operators);
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
      writer.close();
      operators.close();
      reads.close();
      database.close();
    }
  }
}
