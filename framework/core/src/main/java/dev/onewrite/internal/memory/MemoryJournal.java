package dev.onewrite.internal.memory;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.CommitListeners;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Journal;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The histories, and all of their rows in commit order. */
final class MemoryJournal implements Journal, Tail {

  private static final Logger log = LoggerFactory.getLogger(MemoryJournal.class);

  private final MemoryStore store;
  private final Faults faults;
  private final CommitListeners listeners =
      new CommitListeners(
          e -> log.warn("A commit listener threw. The commit stands; it may have missed it.", e));
  private final Map<String, NavigableMap<Long, JournalRow>> histories = new HashMap<>();

  /** The row at index {@code i} has ordering {@code i + 1}. */
  private final List<TailRow> committed = new ArrayList<>();

  MemoryJournal(MemoryStore store, Faults faults) {
    this.store = store;
    this.faults = faults;
  }

  @Override
  public CompletionStage<Void> append(List<JournalRow> rows) {
    try {
      if (!rows.isEmpty()) {
        commit(List.copyOf(rows));
        listeners.tell();
      }
      return CompletableFuture.completedFuture(null);
    } catch (OnewriteException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized void commit(List<JournalRow> rows) {
    store.refuseIfClosed();
    String persistenceId = rows.get(0).persistenceId();
    NavigableMap<Long, JournalRow> history =
        histories.computeIfAbsent(persistenceId, id -> new TreeMap<>());
    Set<Long> numbers = new HashSet<>();
    for (JournalRow row : rows) {
      if (!row.persistenceId().equals(persistenceId)) {
        throw new RefusedException(
            "OW313",
            "One append holds rows of one history, not of '"
                + persistenceId
                + "' and '"
                + row.persistenceId()
                + "'.");
      }
      if (history.containsKey(row.sequenceNumber()) || !numbers.add(row.sequenceNumber())) {
        throw new RefusedException(
            "OW301",
            "Nothing of '"
                + persistenceId
                + "' was written: another writer holds sequence number "
                + row.sequenceNumber()
                + ". Read the history again before going on.");
      }
    }
    pass(FaultPoint.BEFORE_COMMIT, persistenceId);
    for (JournalRow row : rows) {
      history.put(row.sequenceNumber(), row);
      committed.add(new TailRow(Position.of(0, committed.size() + 1L), row));
    }
    pass(FaultPoint.AFTER_COMMIT, persistenceId);
  }

  /** A fault that throws stands for a commit that was never confirmed. */
  private void pass(FaultPoint point, String persistenceId) {
    try {
      faults.reached(point);
    } catch (RuntimeException e) {
      throw new RetryableException(
          "OW302",
          "Whether the rows of '"
              + persistenceId
              + "' are in the memory store is unknown: the commit was not confirmed. Read the"
              + " history and go on from there.",
          e);
    }
  }

  @Override
  public synchronized long highestSequenceNumber(String persistenceId) {
    store.refuseIfClosed();
    NavigableMap<Long, JournalRow> history = histories.get(persistenceId);
    return history == null || history.isEmpty() ? 0 : history.lastKey();
  }

  @Override
  public void replay(
      String persistenceId, long from, long to, long max, Consumer<JournalRow> reader) {
    rows(persistenceId, from, to).stream().limit(Math.max(max, 0)).forEach(reader);
  }

  private synchronized Collection<JournalRow> rows(String persistenceId, long from, long to) {
    store.refuseIfClosed();
    NavigableMap<Long, JournalRow> history = histories.get(persistenceId);
    if (history == null || from > to) {
      return List.of();
    }
    return List.copyOf(history.subMap(from, true, to, true).values());
  }

  @Override
  public synchronized Position bound() {
    store.refuseIfClosed();
    return Position.of(0, committed.size());
  }

  @Override
  public synchronized List<TailRow> read(Position after, SliceRange slices, int max) {
    store.refuseIfClosed();
    List<TailRow> found = new ArrayList<>();
    long bytes = 0;
    boolean more = max > 0;
    for (long i = after.ordering(); i < committed.size() && more; i++) {
      TailRow row = committed.get((int) i);
      if (slices.contains(SliceRange.sliceOf(row.row().persistenceId()))) {
        found.add(row);
        bytes += row.row().payload().length;
        more = found.size() < max && bytes < PAGE_BYTES_MAX;
      }
    }
    return found;
  }

  synchronized List<TailRow> all() {
    store.refuseIfClosed();
    return List.copyOf(committed);
  }

  AutoCloseable onCommit(Runnable listener) {
    return listeners.add(listener);
  }
}
