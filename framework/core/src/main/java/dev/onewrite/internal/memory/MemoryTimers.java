package dev.onewrite.internal.memory;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.Timers;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

final class MemoryTimers implements Timers {

  private static final Comparator<PendingTimer> BY_DUE =
      Comparator.comparing(PendingTimer::due)
          .thenComparing(PendingTimer::timerId)
          .thenComparing(PendingTimer::persistenceId);

  private final MemoryStore store;
  private final Map<PendingTimer.Key, PendingTimer> pending = new HashMap<>();
  private final NavigableSet<PendingTimer> byDue = new TreeSet<>(BY_DUE);

  MemoryTimers(MemoryStore store) {
    this.store = store;
  }

  @Override
  public synchronized void change(List<PendingTimer> set, List<PendingTimer.Key> gone) {
    store.refuseIfClosed();
    gone.forEach(this::remove);
    for (PendingTimer timer : set) {
      remove(timer.key());
      pending.put(timer.key(), timer);
      byDue.add(timer);
    }
  }

  private void remove(PendingTimer.Key key) {
    PendingTimer timer = pending.remove(key);
    if (timer != null) {
      byDue.remove(timer);
    }
  }

  @Override
  public synchronized List<PendingTimer> due(SliceRange slices, Instant now, int max) {
    store.refuseIfClosed();
    return of(slices).takeWhile(timer -> !timer.due().isAfter(now)).limit(max).toList();
  }

  @Override
  public synchronized Optional<Instant> next(SliceRange slices, Instant after) {
    store.refuseIfClosed();
    return of(slices).map(PendingTimer::due).filter(due -> due.isAfter(after)).findFirst();
  }

  private Stream<PendingTimer> of(SliceRange slices) {
    return byDue.stream()
        .filter(timer -> slices.contains(SliceRange.sliceOf(timer.persistenceId())));
  }

  synchronized List<PendingTimer> all() {
    store.refuseIfClosed();
    return List.copyOf(pending.values());
  }
}
