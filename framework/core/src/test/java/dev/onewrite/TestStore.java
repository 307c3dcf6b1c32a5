package dev.onewrite;

import com.typesafe.config.Config;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Journal;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Offsets;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Snapshots;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.spi.StoredOffset;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.TailRow;
import dev.onewrite.spi.Timers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store in memory that outlives its nodes, and that a test can fail, hold up and damage. */
final class TestStore implements Store, StoreProvider, Journal, Snapshots, Tail, Offsets {

  private final ConcurrentHashMap<String, TreeMap<Long, JournalRow>> histories =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, TreeMap<Long, SnapshotRow>> snapshots =
      new ConcurrentHashMap<>();
  private final Set<String> hidden = new HashSet<>();
  private final AtomicInteger appends = new AtomicInteger();
  private @Nullable Failure failure;
  private @Nullable CompletableFuture<Void> held;

  /** How the next append fails. */
  enum Failure {
    /** Nothing is written. */
    BEFORE_WRITING,
    /** All is written, and nobody is told. */
    AFTER_WRITING
  }

  // --- what a test does with it ------------------------------------------------------------

  synchronized void failNextAppend(Failure how) {
    failure = how;
  }

  /** Lets appends write and not complete, until the result is completed. */
  synchronized CompletableFuture<Void> holdAppends() {
    held = new CompletableFuture<>();
    return held;
  }

  synchronized List<JournalRow> rows(String persistenceId) {
    return List.copyOf(history(persistenceId).values());
  }

  synchronized int rowsOfAll() {
    return histories.values().stream().mapToInt(TreeMap::size).sum();
  }

  int appends() {
    return appends.get();
  }

  synchronized void change(String persistenceId, long number, UnaryOperator<JournalRow> change) {
    history(persistenceId).computeIfPresent(number, (n, row) -> change.apply(row));
  }

  synchronized void remove(String persistenceId, long number) {
    history(persistenceId).remove(number);
  }

  /** Keeps counting a row and gives it to nobody. */
  synchronized void hideFromReplay(String persistenceId, long number) {
    hidden.add(persistenceId + "/" + number);
  }

  synchronized List<SnapshotRow> snapshotsOf(String persistenceId) {
    return List.copyOf(snapshots.computeIfAbsent(persistenceId, id -> new TreeMap<>()).values());
  }

  // --- the store ---------------------------------------------------------------------------

  @Override
  public String name() {
    return "test";
  }

  @Override
  public Store open(Config config, Faults faults) {
    return this;
  }

  @Override
  public SetAside setAside() {
    throw new AssertionError("no test of the core sets messages aside");
  }

  /** Nothing looks for timers in a node without a real forwarder. */
  @Override
  public Contents contents() {
    throw new UnsupportedOperationException("no test lists this store");
  }

  @Override
  public Timers timers() {
    throw new AssertionError("no test of the core looks for timers by due time");
  }

  @Override
  public String description() {
    return "test: as long as the test runs";
  }

  @Override
  public boolean survivesRestart() {
    return true;
  }

  @Override
  public Journal journal() {
    return this;
  }

  @Override
  public Snapshots snapshots() {
    return this;
  }

  @Override
  public Tail tail() {
    return this;
  }

  @Override
  public Offsets offsets() {
    return this;
  }

  @Override
  public AutoCloseable onCommit(Runnable listener) {
    return () -> {};
  }

  @Override
  public void close() {}

  private TreeMap<Long, JournalRow> history(String persistenceId) {
    return histories.computeIfAbsent(persistenceId, id -> new TreeMap<>());
  }

  @Override
  public synchronized CompletionStage<Void> append(List<JournalRow> rows) {
    appends.incrementAndGet();
    Failure failing = failure;
    failure = null;
    if (failing == Failure.BEFORE_WRITING) {
      return CompletableFuture.failedFuture(new RetryableException("OW302", "Nothing is written."));
    }
    for (JournalRow row : rows) {
      if (history(row.persistenceId()).putIfAbsent(row.sequenceNumber(), row) != null) {
        return CompletableFuture.failedFuture(
            new RefusedException("OW301", "Number " + row.sequenceNumber() + " is taken."));
      }
    }
    if (failing == Failure.AFTER_WRITING) {
      return CompletableFuture.failedFuture(new RetryableException("OW302", "All is written."));
    }
    return held == null ? CompletableFuture.completedFuture(null) : held;
  }

  @Override
  public synchronized long highestSequenceNumber(String persistenceId) {
    TreeMap<Long, JournalRow> history = history(persistenceId);
    return history.isEmpty() ? 0 : history.lastKey();
  }

  @Override
  public void replay(
      String persistenceId, long from, long to, long max, Consumer<JournalRow> reader) {
    List<JournalRow> rows;
    synchronized (this) {
      rows = new ArrayList<>(history(persistenceId).subMap(from, true, to, true).values());
      rows.removeIf(row -> hidden.contains(persistenceId + "/" + row.sequenceNumber()));
    }
    rows.stream().limit(max).forEach(reader);
  }

  @Override
  public synchronized Optional<SnapshotRow> latest(String persistenceId, long numberMax) {
    return Optional.ofNullable(snapshots.get(persistenceId))
        .map(all -> all.floorEntry(numberMax))
        .map(entry -> entry.getValue());
  }

  @Override
  public synchronized void save(SnapshotRow row) {
    snapshots
        .computeIfAbsent(row.persistenceId(), id -> new TreeMap<>())
        .put(row.sequenceNumber(), row);
  }

  @Override
  public synchronized void delete(String persistenceId, long from, long to) {
    snapshots
        .computeIfAbsent(persistenceId, id -> new TreeMap<>())
        .subMap(from, true, to, true)
        .clear();
  }

  @Override
  public Position bound() {
    return Position.START;
  }

  @Override
  public List<TailRow> read(Position after, SliceRange slices, int max) {
    return List.of();
  }

  @Override
  public List<StoredOffset> read(String group) {
    return List.of();
  }

  @Override
  public Position save(String group, SliceRange slices, Position position) {
    return Position.START;
  }

  @Override
  public Position floor(String group) {
    return Position.START;
  }
}
