package dev.onewrite.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules 12 and 13: what offsets say, whatever the number of workers was when they were stored. */
final class SliceOffsetsTest {

  private static StoredOffset offset(int from, int to, long ordering) {
    return new StoredOffset(new SliceRange(from, to), Position.of(0, ordering));
  }

  private static Position start(List<StoredOffset> offsets, int from, int to) {
    return SliceOffsets.start(offsets, new SliceRange(from, to));
  }

  @Test
  void nothingStored_start_isTheBeginning() {
    assertEquals(Position.START, SliceOffsets.start(List.of(), SliceRange.ALL));
    assertEquals(Position.START, SliceOffsets.floor(List.of()));
  }

  @Test
  void slice_coveredByFormerAndPresentRanges_isAtTheGreatest() {
    List<StoredOffset> offsets = List.of(offset(0, 1_023, 10), offset(0, 511, 30));

    assertEquals(Position.of(0, 30), start(offsets, 0, 511));
    assertEquals(Position.of(0, 10), start(offsets, 512, 1_023));
  }

  @Test
  void worker_ofSeveralSlices_startsAtTheLeastOfThem() {
    List<StoredOffset> offsets =
        List.of(offset(0, 255, 40), offset(256, 511, 20), offset(512, 1_023, 30));

    assertEquals(Position.of(0, 20), start(offsets, 0, 511));
    assertEquals(Position.of(0, 20), start(offsets, 255, 256));
    assertEquals(Position.of(0, 30), start(offsets, 600, 1_023));
    assertEquals(Position.of(0, 20), SliceOffsets.floor(offsets));
  }

  @Test
  void slice_thatNoRangeCovers_isAtTheBeginning() {
    List<StoredOffset> offsets = List.of(offset(0, 510, 40), offset(512, 1_023, 30));

    assertEquals(Position.START, start(offsets, 500, 520));
    assertEquals(Position.START, SliceOffsets.floor(offsets));
    assertEquals(Position.of(0, 40), start(offsets, 0, 510));
  }

  @Test
  void covering_afterOtherNumbersOfWorkers_hasEachSliceOnceAtTheGreatest() {
    assertEquals(
        List.of(offset(0, 255, 40), offset(256, 511, 10), offset(512, 1_023, 30)),
        SliceOffsets.covering(
            List.of(
                offset(0, 1_023, 10),
                offset(0, 255, 40),
                offset(256, 511, 5),
                offset(512, 1_023, 30))));
    assertEquals(
        List.of(offset(0, 510, 40), offset(511, 511, 0), offset(512, 1_023, 40)),
        SliceOffsets.covering(List.of(offset(512, 1_023, 40), offset(0, 510, 40))));
    assertEquals(List.of(offset(0, 1_023, 0)), SliceOffsets.covering(List.of()));
  }

  @Test
  void randomHistoriesOfWorkers_startAndFloor_agreeWithTheRuleSliceBySlice() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<StoredOffset> offsets = new ArrayList<>();
      for (int generation = random.nextInt(4); generation >= 0; generation--) {
        int workers = 1 + random.nextInt(16);
        for (int index = 0; index < workers; index++) {
          if (random.nextInt(10) > 0) {
            offsets.add(
                new StoredOffset(
                    SliceRange.share(index, workers),
                    new Position(random.nextInt(3), random.nextInt(100), random.nextInt(2))));
          }
        }
      }
      SliceRange share = SliceRange.share(random.nextInt(3), 3);

      assertEquals(byTheRule(offsets, share), SliceOffsets.start(offsets, share), "seed " + seed);
      assertEquals(byTheRule(offsets, SliceRange.ALL), SliceOffsets.floor(offsets), "seed " + seed);
      List<StoredOffset> covering = SliceOffsets.covering(offsets);
      assertEquals(byTheRule(offsets, share), SliceOffsets.start(covering, share), "seed " + seed);
    }
  }

  private static Position byTheRule(List<StoredOffset> offsets, SliceRange slices) {
    List<Position> reached = new ArrayList<>();
    for (int slice = slices.from(); slice <= slices.to(); slice++) {
      int number = slice;
      reached.add(
          offsets.stream()
              .filter(o -> o.slices().from() <= number && number <= o.slices().to())
              .map(StoredOffset::position)
              .max(Position::compareTo)
              .orElse(Position.START));
    }
    return reached.stream().min(Position::compareTo).orElseThrow();
  }
}
