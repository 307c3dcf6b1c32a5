package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.StoredOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@link dev.onewrite.spi.Offsets} promises. */
abstract class OffsetsContract extends SnapshotsContract {

  @Test
  void offsets_ofNewGroup_areNoneAndTheFloorIsTheStart() {
    assertEquals(List.of(), store.offsets().read("audit"));
    assertEquals(Position.START, store.offsets().floor("audit"));
  }

  @Test
  void offset_ofAllSlices_isTheFloor() {
    Position floor = store.offsets().save("audit", SliceRange.ALL, at(7));

    assertEquals(at(7), floor);
    assertEquals(at(7), store.offsets().floor("audit"));
    assertEquals(List.of(new StoredOffset(SliceRange.ALL, at(7))), store.offsets().read("audit"));
  }

  @Test
  void offset_smallerThanStored_changesNothing() {
    store.offsets().save("audit", SliceRange.ALL, at(7));

    Position floor = store.offsets().save("audit", SliceRange.ALL, at(6));

    assertEquals(at(7), floor);
    assertEquals(List.of(new StoredOffset(SliceRange.ALL, at(7))), store.offsets().read("audit"));
  }

  @Test
  void offsets_areComparedByTransactionThenOrderingThenRedrive() {
    List<Position> rising =
        List.of(
            new Position(1, 9, 9),
            new Position(2, 1, 0),
            new Position(2, 1, 1),
            new Position(2, 10, 0),
            new Position(10, 1, 0));

    for (int i = 0; i < rising.size(); i++) {
      assertEquals(rising.get(i), store.offsets().save("audit", SliceRange.ALL, rising.get(i)));
      for (Position lower : rising.subList(0, i)) {
        assertEquals(rising.get(i), store.offsets().save("audit", SliceRange.ALL, lower));
      }
    }

    assertEquals(new Position(10, 1, 0), store.offsets().floor("audit"));
  }

  @Test
  void offsets_ofOtherGroups_areTheirOwn() {
    store.offsets().save("audit", SliceRange.ALL, at(7));
    store.offsets().save("billing", SliceRange.ALL, at(3));

    assertEquals(at(7), store.offsets().floor("audit"));
    assertEquals(at(3), store.offsets().floor("billing"));
    assertEquals(1, store.offsets().read("billing").size());
  }

  @Test
  void floor_withSliceNobodyCovers_staysAtTheStart() {
    SliceRange allButOne = new SliceRange(0, SliceRange.SLICES - 2);
    SliceRange theOne = new SliceRange(SliceRange.SLICES - 1, SliceRange.SLICES - 1);

    Position without = store.offsets().save("audit", allButOne, at(7));
    Position with = store.offsets().save("audit", theOne, at(5));

    assertEquals(Position.START, without);
    assertEquals(at(5), with);
  }

  @Test
  void floor_ofSeveralWorkers_isTheSlowests() {
    store.offsets().save("audit", SliceRange.share(0, 3), at(9));
    store.offsets().save("audit", SliceRange.share(1, 3), at(4));

    Position third = store.offsets().save("audit", SliceRange.share(2, 3), at(6));
    Position caughtUp = store.offsets().save("audit", SliceRange.share(1, 3), at(8));

    assertEquals(at(4), third);
    assertEquals(at(6), caughtUp);
  }

  @Test
  void floor_withFewerWorkersThanBefore_countsTheGreatestCoveringEachSlice() {
    store.offsets().save("audit", SliceRange.share(0, 2), at(10));
    store.offsets().save("audit", SliceRange.share(1, 2), at(20));

    Position behindBoth = store.offsets().save("audit", SliceRange.ALL, at(10));
    Position between = store.offsets().save("audit", SliceRange.ALL, at(15));
    Position beyond = store.offsets().save("audit", SliceRange.ALL, at(30));

    assertEquals(at(10), behindBoth);
    assertEquals(at(15), between);
    assertEquals(at(30), beyond);
  }

  @Test
  void floor_withMoreWorkersThanBefore_countsTheGreatestCoveringEachSlice() {
    store.offsets().save("audit", SliceRange.ALL, at(10));

    Position first = store.offsets().save("audit", SliceRange.share(0, 2), at(14));
    Position second = store.offsets().save("audit", SliceRange.share(1, 2), at(12));

    assertEquals(at(10), first);
    assertEquals(at(12), second);
  }

  @Test
  void start_withOtherNumberOfWorkers_isTheLeastOverItsSlices() {
    store.offsets().save("audit", SliceRange.share(0, 2), at(10));
    store.offsets().save("audit", SliceRange.share(1, 2), at(20));

    List<StoredOffset> offsets = store.offsets().read("audit");

    assertEquals(at(10), SliceOffsets.start(offsets, SliceRange.share(0, 3)));
    assertEquals(at(10), SliceOffsets.start(offsets, SliceRange.share(1, 3)));
    assertEquals(at(20), SliceOffsets.start(offsets, SliceRange.share(2, 3)));
  }

  @Test
  void floor_underRandomSavesOfChangingWorkers_neverFallsAndIsByTheRules() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Position before = Position.START;

    for (int i = 0; i < 200; i++) {
      int workers = 1 + random.nextInt(5);
      SliceRange slices = SliceRange.share(random.nextInt(workers), workers);
      Position floor = store.offsets().save("audit", slices, at(1 + random.nextInt(50)));
      Position ruled = SliceOffsets.floor(store.offsets().read("audit"));

      assertFalse(before.isAfter(floor), "seed " + seed);
      assertEquals(ruled, floor, "seed " + seed);
      assertEquals(floor, store.offsets().floor("audit"), "seed " + seed);
      before = floor;
    }
  }

  @Test
  void offsets_savedByManyThreads_endAtTheGreatest() throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(4);
    List<Future<?>> saving = new ArrayList<>();

    try {
      for (int worker = 0; worker < 4; worker++) {
        SliceRange share = SliceRange.share(worker, 4);
        int last = 100 + worker;
        for (int copy = 0; copy < 2; copy++) { // two workers on one range, as after a rebalance
          saving.add(
              workers.submit(
                  () -> {
                    for (int i = 1; i <= last; i++) {
                      store.offsets().save("audit", share, at(i));
                    }
                  }));
        }
      }
      for (Future<?> worker : saving) {
        worker.get(WAIT_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      workers.shutdownNow();
    }

    assertEquals(at(100), store.offsets().floor("audit"));
    Set<StoredOffset> expected = new HashSet<>();
    for (int worker = 0; worker < 4; worker++) {
      expected.add(new StoredOffset(SliceRange.share(worker, 4), at(100 + worker)));
    }
    assertEquals(expected, new HashSet<>(store.offsets().read("audit")));
  }

  @Test
  void offsets_afterReopen_areAsTheyWere() {
    assumeTrue(store.survivesRestart(), "this store says that nothing survives");
    store.offsets().save("audit", SliceRange.share(0, 2), at(10));
    store.offsets().save("audit", SliceRange.share(1, 2), at(20));
    List<StoredOffset> before = store.offsets().read("audit");

    reopen();

    assertEquals(new HashSet<>(before), new HashSet<>(store.offsets().read("audit")));
    assertEquals(at(10), store.offsets().floor("audit"));
  }

  private static Position at(long ordering) {
    return Position.of(0, ordering);
  }
}
