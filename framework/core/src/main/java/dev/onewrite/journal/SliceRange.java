package dev.onewrite.journal;

/**
 * A range of slices, both ends included. A slice is one of {@value #SLICES} parts of all histories,
 * by a hash of the persistence id that is the same on every JVM and for ever.
 */
public record SliceRange(int from, int to) {

  /** 1,024: the field's usual number; enough for hundreds of workers to share a group evenly. */
  public static final int SLICES = 1_024;

  public static final SliceRange ALL = new SliceRange(0, SLICES - 1);

  public SliceRange {
    if (from < 0 || to >= SLICES || from > to) {
      throw new IllegalArgumentException("not a slice range: " + from + ".." + to);
    }
  }

  /** The slice of one history. */
  public static int sliceOf(String persistenceId) {
    return Math.floorMod(persistenceId.hashCode(), SLICES);
  }

  /** The share of worker {@code index} of {@code workers}: contiguous, disjoint, together all. */
  public static SliceRange share(int index, int workers) {
    return new SliceRange(index * SLICES / workers, (index + 1) * SLICES / workers - 1);
  }

  public boolean contains(int slice) {
    return from <= slice && slice <= to;
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
