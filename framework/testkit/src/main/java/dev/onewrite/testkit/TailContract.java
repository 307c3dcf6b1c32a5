package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@link dev.onewrite.spi.Tail} promises. */
abstract class TailContract extends JournalContract {

  private static final int WRITERS = 8;
  private static final int ROWS_EACH = 250;

  @Test
  void tail_ofEmptyJournal_isEmpty() {
    List<TailRow> rows = store.tail().read(Position.START, SliceRange.ALL, 10);

    assertEquals(List.of(), rows);
    assertEquals(Position.START, store.tail().bound());
  }

  @Test
  void tail_givesRowsWholeInCommitOrder() {
    append("form|b", 1);
    append("form|a", 1);
    append("form|b", 2);

    List<TailRow> rows = store.tail().read(Position.START, SliceRange.ALL, 10);

    assertEquals(List.of("form|b#1", "form|a#1", "form|b#2"), names(rows));
    assertTrue(rows.get(1).position().isAfter(rows.get(0).position()));
    assertTrue(rows.get(2).position().isAfter(rows.get(1).position()));
    JournalRow row = rows.get(0).row();
    assertEquals("writer-1", row.writer());
    assertEquals("batch/1", row.manifest());
    assertArrayEquals(payload("form|b", 1), row.payload());
    assertEquals(history("form|b").get(0).writtenAt(), row.writtenAt());
  }

  @Test
  void tail_afterAPosition_givesWhatIsBehindIt() {
    append("form|1", 1);
    append("form|2", 1);
    append("form|3", 1);
    List<TailRow> all = store.tail().read(Position.START, SliceRange.ALL, 10);

    List<TailRow> behind = store.tail().read(all.get(0).position(), SliceRange.ALL, 10);
    List<TailRow> behindLast = store.tail().read(all.get(2).position(), SliceRange.ALL, 10);

    assertEquals(List.of("form|2#1", "form|3#1"), names(behind));
    assertEquals(List.of(), behindLast);
  }

  @Test
  void tail_afterARedrivenPosition_skipsNothing() {
    append("form|1", 1);
    append("form|2", 1);
    Position first = store.tail().read(Position.START, SliceRange.ALL, 1).get(0).position();
    Position redriven = new Position(first.transaction(), first.ordering(), 3);

    List<TailRow> behind = store.tail().read(redriven, SliceRange.ALL, 10);

    assertEquals(List.of("form|2#1"), names(behind));
  }

  @Test
  void tail_inPages_givesEachRowOnce() {
    for (int i = 1; i <= 25; i++) {
      append("form|" + i, 1);
    }
    List<TailRow> paged = new ArrayList<>();

    for (List<TailRow> page = next(paged, 4); !page.isEmpty(); page = next(paged, 4)) {
      assertTrue(page.size() <= 4);
      paged.addAll(page);
    }

    assertEquals(names(store.tail().read(Position.START, SliceRange.ALL, 100)), names(paged));
    assertEquals(25, paged.size());
  }

  /** 256 rows of 8 MiB each are more than a node has: it would die of them at each start. */
  @Test
  void tail_ofLargeRows_comesInPagesOfSoManyBytes() {
    appendMebibytes("form|1", 12);
    appendMebibytes("form|2", 12);
    List<TailRow> paged = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();

    for (List<TailRow> page = next(paged, 256); !page.isEmpty(); page = next(paged, 256)) {
      sizes.add(page.size());
      paged.addAll(page);
    }

    assertEquals(List.of(4, 4, 4, 4, 4, 4), sizes);
    assertEquals(24, paged.size());
    for (int i = 0; i < 24; i++) {
      assertEquals("form|" + (1 + i / 12) + "#" + (1 + i % 12), names(paged).get(i));
      assertEquals(MEBIBYTE, paged.get(i).row().payload().length);
    }
  }

  @Test
  void tail_ofRowsLargerThanAPage_givesOneAtATime() {
    byte[] larger = new byte[Tail.PAGE_BYTES_MAX + 1];
    await(store.journal().append(List.of(row("form|1", 1, larger))));
    await(store.journal().append(List.of(row("form|1", 2, larger))));
    append("form|1", 3);

    List<TailRow> first = store.tail().read(Position.START, SliceRange.ALL, 10);
    List<TailRow> second = store.tail().read(first.get(0).position(), SliceRange.ALL, 10);
    List<TailRow> third = store.tail().read(second.get(0).position(), SliceRange.ALL, 10);

    assertEquals(List.of("form|1#1"), names(first));
    assertEquals(List.of("form|1#2"), names(second));
    assertEquals(List.of("form|1#3"), names(third));
  }

  @Test
  void contents_ofLargeRows_comeInPagesOfSoManyBytes() {
    appendMebibytes("form|1", 10);
    List<Contents.Held> paged = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();

    List<Contents.Held> page = store.contents().rows(null, 100);
    while (!page.isEmpty()) {
      sizes.add(page.size());
      paged.addAll(page);
      page = store.contents().rows(paged.get(paged.size() - 1), 100);
    }

    assertEquals(List.of(4, 4, 2), sizes);
    assertEquals(numbers("form|1"), paged.stream().map(TailContract::number).toList());
  }

  private static long number(Contents.Held held) {
    return held.tailRow().row().sequenceNumber();
  }

  @Test
  void tail_ofSlices_givesTheirsAlone() {
    for (int i = 1; i <= 200; i++) {
      append("form|" + i, 1);
    }
    List<TailRow> all = store.tail().read(Position.START, SliceRange.ALL, 1_000);

    Set<String> seen = new HashSet<>();
    for (int worker = 0; worker < 3; worker++) {
      SliceRange share = SliceRange.share(worker, 3);
      List<TailRow> theirs = store.tail().read(Position.START, share, 1_000);
      for (TailRow row : theirs) {
        assertTrue(share.contains(SliceRange.sliceOf(row.row().persistenceId())));
        assertTrue(seen.add(row.row().persistenceId()), "given to two workers");
      }
      assertFalse(theirs.isEmpty());
    }

    assertEquals(all.size(), seen.size());
  }

  @Test
  void tail_ofOneSlice_meetsBothItsEnds() {
    append("form|1", 1);
    int slice = SliceRange.sliceOf("form|1");

    List<TailRow> exact = store.tail().read(Position.START, new SliceRange(slice, slice), 10);

    assertEquals(List.of("form|1#1"), names(exact));
    if (slice > 0) {
      assertEquals(List.of(), store.tail().read(Position.START, new SliceRange(0, slice - 1), 10));
    }
  }

  @Test
  void bound_afterCommit_isTheLastRowsPosition() {
    append("form|1", 1);
    append("form|2", 1);

    Position bound = store.tail().bound();

    List<TailRow> rows = store.tail().read(Position.START, SliceRange.ALL, 10);
    assertEquals(rows.get(1).position(), bound);
  }

  @Test
  void bound_afterRefusedAppends_hidesNothingThatComes() {
    append("form|1", 1);
    failure(store.journal().append(List.of(row("form|1", 1))));
    Position bound = store.tail().bound();

    append("form|1", 2);

    assertEquals(List.of("form|1#2"), names(store.tail().read(bound, SliceRange.ALL, 10)));
  }

  @Test
  void appends_ofManyThreads_areAllThere() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    try {
      for (Future<?> writer : startWriters(writers)) {
        writer.get(WAIT_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      writers.shutdownNow();
    }

    for (int writer = 0; writer < WRITERS; writer++) {
      List<Long> numbers = numbers("form|" + writer);
      assertEquals(ROWS_EACH, numbers.size());
      assertEquals((long) ROWS_EACH, numbers.get(ROWS_EACH - 1));
    }
  }

  /** The reader moves on to the bound, read before a page that was not full, as workers do. */
  @Test
  void tail_besideManyWriters_skipsNothingAndIsAlwaysWoken() throws Exception {
    Semaphore woken = new Semaphore(0);
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    List<String> read = new ArrayList<>();

    AutoCloseable listening = store.onCommit(woken::release);
    try {
      List<Future<?>> writing = startWriters(writers);
      Position after = Position.START;
      while (read.size() < WRITERS * ROWS_EACH) {
        assertTrue(woken.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS), () -> "stuck at " + read);
        woken.drainPermits();
        after = readOn(after, read);
      }
      for (Future<?> writer : writing) {
        writer.get(WAIT_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      writers.shutdownNow();
      listening.close();
    }

    assertEquals(WRITERS * ROWS_EACH, new HashSet<>(read).size(), "a row was given twice");
    for (int writer = 0; writer < WRITERS; writer++) {
      String prefix = "form|" + writer + "#";
      List<String> theirs = read.stream().filter(name -> name.startsWith(prefix)).toList();
      for (int i = 0; i < ROWS_EACH; i++) {
        assertEquals(prefix + (i + 1), theirs.get(i));
      }
    }
  }

  /** Reads until nothing more is there. */
  private Position readOn(Position from, List<String> read) {
    Position after = from;
    while (true) {
      Position bound = store.tail().bound();
      List<TailRow> page = store.tail().read(after, SliceRange.ALL, 7);
      for (TailRow row : page) {
        assertTrue(row.position().isAfter(after), "out of order");
        after = row.position();
      }
      read.addAll(names(page));
      if (page.isEmpty()) {
        return Position.greatest(after, bound);
      }
    }
  }

  /** Each writer has a history of its own and waits for each commit. */
  private List<Future<?>> startWriters(ExecutorService threads) {
    List<Future<?>> writing = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String persistenceId = "form|" + writer;
      writing.add(
          threads.submit(
              () -> {
                for (int i = 1; i <= ROWS_EACH; i++) {
                  append(persistenceId, i);
                }
              }));
    }
    return writing;
  }

  private List<TailRow> next(List<TailRow> read, int max) {
    Position after = read.isEmpty() ? Position.START : read.get(read.size() - 1).position();
    return store.tail().read(after, SliceRange.ALL, max);
  }

  static List<String> names(List<TailRow> rows) {
    return rows.stream()
        .map(row -> row.row().persistenceId() + "#" + row.row().sequenceNumber())
        .toList();
  }
}
