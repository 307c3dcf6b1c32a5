package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stored offsets say of slices, whatever the number of workers was when they were stored: for
 * a slice counts the greatest offset of any range that covers it, and a slice that no range covers
 * is at the beginning.
 */
public final class SliceOffsets {

  private SliceOffsets() {}

  /** Where a worker of {@code slices} begins: the least over its slices. */
  public static Position start(List<StoredOffset> offsets, SliceRange slices) {
    Position least = null;
    for (int slice = slices.from(); slice <= slices.to(); slice++) {
      Position reached = reached(offsets, slice);
      least = least == null ? reached : Position.least(least, reached);
    }
    return least == null ? Position.START : least;
  }

  /** Everything at or below it is settled: the least over all slices. */
  public static Position floor(List<StoredOffset> offsets) {
    return start(offsets, SliceRange.ALL);
  }

  /**
   * What counts for each slice: ranges in their order that are together all slices, each slice in
   * one of them. A range of former workers is there only where no other is further.
   */
  public static List<StoredOffset> covering(List<StoredOffset> offsets) {
    List<StoredOffset> covering = new ArrayList<>();
    int from = 0;
    StoredOffset current = furthest(offsets, 0);
    for (int slice = 1; slice <= SliceRange.SLICES; slice++) {
      StoredOffset next = slice < SliceRange.SLICES ? furthest(offsets, slice) : null;
      if (slice == SliceRange.SLICES || !Objects.equals(current, next)) {
        covering.add(new StoredOffset(new SliceRange(from, slice - 1), position(current)));
        from = slice;
        current = next;
      }
    }
    return covering;
  }

  private static Position reached(List<StoredOffset> offsets, int slice) {
    return position(furthest(offsets, slice));
  }

  private static Position position(@Nullable StoredOffset offset) {
    return offset == null ? Position.START : offset.position();
  }

  /** Null if no range covers the slice. */
  private static @Nullable StoredOffset furthest(List<StoredOffset> offsets, int slice) {
    StoredOffset furthest = null;
    for (StoredOffset offset : offsets) {
      if (offset.slices().contains(slice)
          && (furthest == null || offset.position().isAfter(furthest.position()))) {
        furthest = offset;
      }
    }
    return furthest;
  }
}
