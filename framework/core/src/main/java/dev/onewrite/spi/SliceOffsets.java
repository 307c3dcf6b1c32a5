package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.List;

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

  private static Position reached(List<StoredOffset> offsets, int slice) {
    Position greatest = Position.START;
    for (StoredOffset offset : offsets) {
      if (offset.slices().contains(slice)) {
        greatest = Position.greatest(greatest, offset.position());
      }
    }
    return greatest;
  }
}
