package dev.onewrite.internal.inspect;

import dev.onewrite.inspect.Finding;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoredOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far each group was at the beginning of the check. It is read before anything else: what a
 * group had passed then has left its traces, wherever a running node is by now.
 */
final class Reached {

  private final Map<String, List<StoredOffset>> offsets = new HashMap<>();
  private final Map<String, Position> floors = new HashMap<>();

  private Reached() {}

  static Reached of(Store store) {
    Reached reached = new Reached();
    for (String group : store.contents().groups()) {
      // The floor first: it is never above what offsets that are read later say.
      reached.floors.put(group, store.offsets().floor(group));
      reached.offsets.put(group, store.offsets().read(group));
    }
    return reached;
  }

  /** Whether {@code group} had passed what this sender has at {@code position}. */
  boolean passed(String group, String sender, Position position) {
    int slice = SliceRange.sliceOf(sender);
    List<StoredOffset> ofGroup = offsets.getOrDefault(group, List.of());
    return !position.isAfter(SliceOffsets.start(ofGroup, new SliceRange(slice, slice)));
  }

  /** {@code bound} was asked for after these were read. */
  void check(Position bound, Report report) {
    offsets.forEach(
        (group, ofGroup) -> {
          report.count("groups");
          ofGroup.forEach(offset -> checkOffset(group, offset, bound, report));
          Position floor = floors.getOrDefault(group, Position.START);
          Position allowed = SliceOffsets.floor(ofGroup);
          if (floor.isAfter(allowed)) {
            report.find(
                Finding.Kind.FLOOR_AHEAD,
                "group " + group,
                "the floor is "
                    + floor
                    + " and the offsets allow "
                    + allowed
                    + "; what lies between would be taken for settled");
          }
        });
  }

  private static void checkOffset(
      String group, StoredOffset offset, Position bound, Report report) {
    report.count("offsets");
    if (offset.position().isAfter(bound)) {
      report.find(
          Finding.Kind.OFFSET_AHEAD,
          "group " + group + ", slices " + offset.slices(),
          "the offset is "
              + offset.position()
              + " and the journal ends at "
              + bound
              + "; what is written next would not be delivered");
    }
  }
}
