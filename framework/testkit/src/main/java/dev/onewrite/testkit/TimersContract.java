package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.PendingTimer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link dev.onewrite.spi.Timers} promises. */
abstract class TimersContract extends OffsetsContract {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void timers_ofNewStore_areNone() {
    assertEquals(List.of(), store.timers().due(SliceRange.ALL, NOON, 10));
    assertEquals(Optional.empty(), store.timers().next(SliceRange.ALL, Instant.EPOCH));
  }

  @Test
  void timers_due_comeEarliestFirstAndNoneEarly() {
    PendingTimer late = timer("form|1", "b", 0);
    PendingTimer early = timer("form|2", "a", -5);
    PendingTimer toCome = timer("form|1", "c", 1);

    store.timers().change(List.of(late, early, toCome), List.of());

    assertEquals(List.of(early, late), store.timers().due(SliceRange.ALL, NOON, 10));
    assertEquals(List.of(early), store.timers().due(SliceRange.ALL, NOON, 1));
    assertEquals(Optional.of(early.due()), store.timers().next(SliceRange.ALL, Instant.EPOCH));
  }

  @Test
  void timers_dueAtOneTime_comeFromManyEntitiesFirst() {
    PendingTimer first = timer("form|1", "a", 0);
    PendingTimer second = timer("form|1", "b", 0);
    PendingTimer other = timer("form|2", "a", 0);

    store.timers().change(List.of(first, second, other), List.of());

    List<PendingTimer> due = store.timers().due(SliceRange.ALL, NOON, 2);
    assertEquals(Set.of(first, other), Set.copyOf(due));
  }

  @Test
  void timers_next_isTheEarliestAfterTheGivenTime() {
    PendingTimer overdue = timer("form|1", "a", -5);
    PendingTimer now = timer("form|2", "b", 0);
    PendingTimer toCome = timer("form|1", "c", 1);
    store.timers().change(List.of(overdue, now, toCome), List.of());
    int slice = SliceRange.sliceOf("form|1");
    SliceRange own = new SliceRange(slice, slice);

    assertEquals(Optional.of(NOON), store.timers().next(SliceRange.ALL, overdue.due()));
    assertEquals(Optional.of(toCome.due()), store.timers().next(SliceRange.ALL, NOON));
    assertEquals(Optional.of(toCome.due()), store.timers().next(own, overdue.due()));
    assertEquals(Optional.empty(), store.timers().next(SliceRange.ALL, toCome.due()));
  }

  @Test
  void timer_gone_isDueNoMore() {
    PendingTimer one = timer("form|1", "a", 0);
    PendingTimer other = timer("form|2", "a", 0);
    store.timers().change(List.of(one, other), List.of());

    store.timers().change(List.of(), List.of(one.key(), timer("form|3", "x", 0).key()));

    assertEquals(List.of(other), store.timers().due(SliceRange.ALL, NOON, 10));
  }

  @Test
  void timer_setAgain_hasTheNewTime() {
    store.timers().change(List.of(timer("form|1", "a", 0)), List.of());

    store.timers().change(List.of(timer("form|1", "a", 60)), List.of());

    assertEquals(List.of(), store.timers().due(SliceRange.ALL, NOON, 10));
    assertEquals(
        Optional.of(NOON.plusSeconds(60)), store.timers().next(SliceRange.ALL, Instant.EPOCH));
  }

  @Test
  void timers_ofSomeSlices_areOfTheseOnly() {
    PendingTimer timer = timer("form|1", "a", 0);
    int slice = SliceRange.sliceOf("form|1");
    store.timers().change(List.of(timer), List.of());

    SliceRange own = new SliceRange(slice, slice);
    SliceRange others = new SliceRange(slice == 0 ? 1 : 0, slice == 0 ? 1 : slice - 1);

    assertEquals(List.of(timer), store.timers().due(own, NOON, 10));
    assertEquals(Optional.of(NOON), store.timers().next(own, Instant.EPOCH));
    assertEquals(List.of(), store.timers().due(others, NOON, 10));
    assertEquals(Optional.empty(), store.timers().next(others, Instant.EPOCH));
  }

  @Test
  void timers_afterReopening_areStillThere() throws Exception {
    assumeTrue(store.survivesRestart(), "nothing survives in this store");
    PendingTimer timer = timer("form|1", "a", 0);
    store.timers().change(List.of(timer), List.of());

    reopen();

    assertEquals(List.of(timer), store.timers().due(SliceRange.ALL, NOON, 10));
  }

  private static PendingTimer timer(String persistenceId, String id, long seconds) {
    return new PendingTimer(persistenceId, id, NOON.plusSeconds(seconds), seconds + 7);
  }
}
