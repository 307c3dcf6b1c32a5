package dev.onewrite.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SliceRangeTest {

  @Test
  void shares_ofAnyNumberOfWorkers_areContiguousDisjointAndComplete() {
    for (int workers = 1; workers <= SliceRange.SLICES; workers++) {
      int next = 0;
      int smallest = SliceRange.SLICES;
      int largest = 0;
      for (int index = 0; index < workers; index++) {
        SliceRange share = SliceRange.share(index, workers);
        assertEquals(next, share.from(), workers + " workers");
        next = share.to() + 1;
        smallest = Math.min(smallest, share.to() - share.from() + 1);
        largest = Math.max(largest, share.to() - share.from() + 1);
      }
      assertEquals(SliceRange.SLICES, next, workers + " workers");
      assertTrue(largest - smallest <= 1, workers + " workers");
    }
  }

  /** Stored offsets go by these numbers: they are the same for ever. */
  @Test
  void slice_ofAHistory_isTheSameForEver() {
    assertEquals(239, SliceRange.sliceOf("form|form-42"));
    assertEquals(0, SliceRange.sliceOf(""));
    for (int i = 0; i < 10_000; i++) {
      assertTrue(SliceRange.ALL.contains(SliceRange.sliceOf("form|" + i)));
    }
  }

  @Test
  void range_contains_itsEndsAndNothingBeyond() {
    SliceRange range = new SliceRange(3, 5);

    assertTrue(range.contains(3) && range.contains(5));
    assertTrue(!range.contains(2) && !range.contains(6));
  }

  @Test
  void range_thatIsNone_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SliceRange(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SliceRange(0, SliceRange.SLICES));
    assertThrows(IllegalArgumentException.class, () -> new SliceRange(2, 1));
  }
}
