package dev.onewrite.internal.memory;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Offsets;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.StoredOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class MemoryOffsets implements Offsets {

  private final MemoryStore store;
  private final Map<String, Map<SliceRange, Position>> offsets = new HashMap<>();
  private final Map<String, Position> floors = new HashMap<>();

  MemoryOffsets(MemoryStore store) {
    this.store = store;
  }

  @Override
  public synchronized List<StoredOffset> read(String group) {
    store.refuseIfClosed();
    return offsets.getOrDefault(group, Map.of()).entrySet().stream()
        .map(offset -> new StoredOffset(offset.getKey(), offset.getValue()))
        .toList();
  }

  @Override
  public synchronized Position save(String group, SliceRange slices, Position position) {
    store.refuseIfClosed();
    offsets
        .computeIfAbsent(group, name -> new HashMap<>())
        .merge(slices, position, Position::greatest);
    return floors.merge(group, SliceOffsets.floor(read(group)), Rules.OURS::published);
  }

  @Override
  public synchronized Position floor(String group) {
    store.refuseIfClosed();
    return floors.getOrDefault(group, Position.START);
  }

  synchronized List<String> groups() {
    store.refuseIfClosed();
    return offsets.keySet().stream().sorted().toList();
  }
}
