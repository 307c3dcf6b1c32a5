package dev.onewrite.internal.memory;

import static java.util.Comparator.comparing;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sorts everything for each page: what fits into memory is small enough for that. */
final class MemoryContents implements Contents {

  private static final Comparator<Held> BY_HISTORY =
      comparing(
          (Held held) -> held.tailRow().row(),
          comparing(JournalRow::persistenceId).thenComparing(JournalRow::sequenceNumber));

  private static final Comparator<SnapshotRow.Key> BY_ENTITY =
      comparing(SnapshotRow.Key::persistenceId).thenComparing(SnapshotRow.Key::sequenceNumber);

  private static final Comparator<PendingTimer.Key> BY_KEY =
      comparing(PendingTimer.Key::persistenceId).thenComparing(PendingTimer.Key::timerId);

  private static final Comparator<Aside> BY_OUTGOING =
      comparing(Aside::id).thenComparing(Aside::receiver).thenComparing(Aside::group);

  private final MemoryStore store;

  /** All there is, in no order. */
  record Listed(
      List<TailRow> rows,
      List<SnapshotRow> snapshots,
      List<String> groups,
      List<PendingTimer> timers,
      List<SetAsideRow> setAside) {}

  MemoryContents(MemoryStore store) {
    this.store = store;
  }

  @Override
  public List<Held> rows(@Nullable Held after, int max) {
    List<Held> page = new ArrayList<>();
    long bytes = 0;
    for (Held held : rowsAfter(after)) {
      if (page.size() == max || bytes >= Tail.PAGE_BYTES_MAX) {
        break;
      }
      page.add(held);
      bytes += held.tailRow().row().payload().length;
    }
    return page;
  }

  private List<Held> rowsAfter(@Nullable Held after) {
    return store.listed().rows().stream()
        .map(row -> new Held(row, SliceRange.sliceOf(row.row().persistenceId())))
        .filter(held -> after == null || BY_HISTORY.compare(held, after) > 0)
        .sorted(BY_HISTORY)
        .toList();
  }

  @Override
  public List<SnapshotRow.Key> snapshots(String persistenceId) {
    return store.listed().snapshots().stream()
        .map(SnapshotRow::key)
        .filter(key -> key.persistenceId().equals(persistenceId))
        .sorted(BY_ENTITY)
        .toList();
  }

  @Override
  public List<SnapshotRow.Key> snapshots(SnapshotRow.@Nullable Key after, int max) {
    return store.listed().snapshots().stream()
        .map(SnapshotRow::key)
        .filter(row -> after == null || BY_ENTITY.compare(row, after) > 0)
        .sorted(BY_ENTITY)
        .limit(max)
        .toList();
  }

  @Override
  public List<String> groups() {
    return store.listed().groups();
  }

  @Override
  public long count(Position after, Position to, SliceRange slices) {
    return store.listed().rows().stream()
        .filter(row -> row.position().isAfter(after) && !row.position().isAfter(to))
        .filter(row -> slices.contains(SliceRange.sliceOf(row.row().persistenceId())))
        .count();
  }

  @Override
  public List<PendingTimer> timers(PendingTimer.@Nullable Key after, int max) {
    return store.listed().timers().stream()
        .filter(timer -> after == null || BY_KEY.compare(timer.key(), after) > 0)
        .sorted(comparing(PendingTimer::key, BY_KEY))
        .limit(max)
        .toList();
  }

  @Override
  public List<Aside> setAside(@Nullable Aside after, int max) {
    return store.listed().setAside().stream()
        .map(row -> Aside.of(row, SliceRange.sliceOf(row.sequence().sender().persistenceId())))
        .filter(row -> after == null || BY_OUTGOING.compare(row, after) > 0)
        .sorted(BY_OUTGOING)
        .limit(max)
        .toList();
  }

  @Override
  public Optional<PendingTimer> timer(PendingTimer.Key key) {
    return store.listed().timers().stream().filter(timer -> timer.key().equals(key)).findFirst();
  }
}
