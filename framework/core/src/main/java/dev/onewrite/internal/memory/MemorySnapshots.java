package dev.onewrite.internal.memory;

import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Snapshots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

final class MemorySnapshots implements Snapshots {

  private final MemoryStore store;
  private final Map<String, NavigableMap<Long, SnapshotRow>> snapshots = new HashMap<>();

  MemorySnapshots(MemoryStore store) {
    this.store = store;
  }

  @Override
  public synchronized Optional<SnapshotRow> latest(String persistenceId, long sequenceNumberMax) {
    store.refuseIfClosed();
    NavigableMap<Long, SnapshotRow> ofEntity = snapshots.get(persistenceId);
    return Optional.ofNullable(ofEntity)
        .map(rows -> rows.floorEntry(sequenceNumberMax))
        .map(Map.Entry::getValue);
  }

  @Override
  public synchronized void save(SnapshotRow row) {
    store.refuseIfClosed();
    snapshots
        .computeIfAbsent(row.persistenceId(), id -> new TreeMap<>())
        .put(row.sequenceNumber(), row);
  }

  @Override
  public synchronized void delete(String persistenceId, long from, long to) {
    store.refuseIfClosed();
    NavigableMap<Long, SnapshotRow> ofEntity = snapshots.get(persistenceId);
    if (ofEntity != null && from <= to) {
      ofEntity.subMap(from, true, to, true).clear();
    }
  }

  synchronized List<SnapshotRow> all() {
    store.refuseIfClosed();
    return snapshots.values().stream().flatMap(rows -> rows.values().stream()).toList();
  }
}
