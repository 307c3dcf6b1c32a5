package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.JournalRow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What {@link dev.onewrite.spi.Journal} promises. */
abstract class JournalContract extends StoreCase {

  static final int MEBIBYTE = 1 << 20;

  private static final List<String> ODD_IDS =
      List.of(
          "form|x",
          "form|O'Brien \"quoted\" `ticked` \\ %_;--",
          "form|日本語 – ünïcödé – 🧾",
          "form|e\u0301", // e with a combining accent: not the same as the next
          "form|\u00e9",
          "form|FORM",
          "form|form",
          "form| x ",
          "form|x ",
          "form|line\nbreak\ttab",
          "c".repeat(200) + "|" + "e".repeat(200));

  @Test
  void history_ofNobody_isEmpty() {
    List<JournalRow> rows = history("form|nobody");

    assertEquals(List.of(), rows);
    assertEquals(0, store.journal().highestSequenceNumber("form|nobody"));
  }

  @Test
  void append_ofOneRow_comesBackAsItWas() {
    JournalRow row =
        new JournalRow("form|1", 1, "writer-7", "batch/2", new byte[] {0, -1, 127, -128}, 42);

    await(store.journal().append(List.of(row)));

    JournalRow read = history("form|1").get(0);
    assertEquals("form|1", read.persistenceId());
    assertEquals(1, read.sequenceNumber());
    assertEquals("writer-7", read.writer());
    assertEquals("batch/2", read.manifest());
    assertArrayEquals(row.payload(), read.payload());
    assertEquals(42, read.writtenAt());
  }

  @Test
  void append_ofNoRows_changesNothing() {
    Position before = store.tail().bound();

    await(store.journal().append(List.of()));

    assertEquals(before, store.tail().bound());
  }

  @Test
  void append_ofTwoHistories_isRefused() {
    List<JournalRow> rows = List.of(row("form|1", 1), row("form|2", 1));

    OnewriteException failure = failure(store.journal().append(rows));

    assertEquals("OW313", assertInstanceOf(RefusedException.class, failure).code());
    assertEquals(List.of(), numbers("form|1"));
    assertEquals(List.of(), numbers("form|2"));
  }

  @Test
  void replay_ofPart_givesBothEndsInOrder() {
    await(store.journal().append(List.of(row("form|1", 1), row("form|1", 2), row("form|1", 3))));
    append("form|1", 4);
    append("form|1", 5);
    List<Long> replayed = new ArrayList<>();

    store.journal().replay("form|1", 2, 4, 100, row -> replayed.add(row.sequenceNumber()));

    assertEquals(List.of(2L, 3L, 4L), replayed);
  }

  @Test
  void replay_withMax_givesTheFirst() {
    await(store.journal().append(List.of(row("form|1", 1), row("form|1", 2), row("form|1", 3))));
    List<Long> two = new ArrayList<>();
    List<Long> none = new ArrayList<>();

    store.journal().replay("form|1", 1, Long.MAX_VALUE, 2, row -> two.add(row.sequenceNumber()));
    store.journal().replay("form|1", 1, Long.MAX_VALUE, 0, row -> none.add(row.sequenceNumber()));

    assertEquals(List.of(1L, 2L), two);
    assertEquals(List.of(), none);
  }

  /** What a driver does with a whole result it does before the first row. */
  @Test
  void replay_ofLargeHistory_readsPageByPage() {
    appendMebibytes("form|1", 48);
    AtomicLong untilFirst = new AtomicLong();
    List<Long> replayed = new ArrayList<>();
    long before = allocated();

    store
        .journal()
        .replay(
            "form|1",
            1,
            Long.MAX_VALUE,
            47,
            row -> {
              untilFirst.compareAndSet(0, allocated() - before);
              assertEquals(MEBIBYTE, row.payload().length);
              replayed.add(row.sequenceNumber());
            });

    assertEquals(LongStream.rangeClosed(1, 47).boxed().toList(), replayed);
    assertTrue(untilFirst.get() < 24 * MEBIBYTE, () -> untilFirst + " bytes for the first row");
  }

  @Test
  void replay_ofMoreRowsThanAPageHas_givesEachOnce() {
    List<JournalRow> rows = new ArrayList<>();
    for (int i = 1; i <= 2_500; i++) {
      rows.add(row("form|1", i));
    }
    await(store.journal().append(rows));

    assertEquals(LongStream.rangeClosed(1, 2_500).boxed().toList(), numbers("form|1"));
  }

  /** By this thread, since it began. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Rows 1 to {@code rows}, each of a payload of 1 MiB, each in a commit of its own. */
  void appendMebibytes(String persistenceId, int rows) {
    for (int i = 1; i <= rows; i++) {
      await(store.journal().append(List.of(row(persistenceId, i, new byte[MEBIBYTE]))));
    }
  }

  @Test
  void replay_ofEmptyRange_givesNothing() {
    append("form|1", 1);
    List<Long> replayed = new ArrayList<>();

    store.journal().replay("form|1", 2, 1, 100, row -> replayed.add(row.sequenceNumber()));

    assertEquals(List.of(), replayed);
  }

  @Test
  void replay_whoseReaderThrows_throwsThatAndHarmsNobody() {
    append("form|1", 1);
    IllegalStateException thrown = new IllegalStateException("the reader's own");

    IllegalStateException caught =
        assertThrows(
            IllegalStateException.class,
            () ->
                store
                    .journal()
                    .replay(
                        "form|1",
                        1,
                        1,
                        1,
                        row -> {
                          throw thrown;
                        }));

    assertEquals(thrown, caught);
    assertEquals(List.of(1L), numbers("form|1"));
  }

  @Test
  void replay_ofHistoryWithGap_showsTheGap() {
    append("form|1", 1);
    append("form|1", 4);

    List<Long> numbers = numbers("form|1");

    assertEquals(List.of(1L, 4L), numbers);
    assertEquals(4, store.journal().highestSequenceNumber("form|1"));
  }

  @Test
  void append_ofTakenNumber_isRefusedWhole() {
    append("form|1", 2);

    OnewriteException failure =
        failure(
            store.journal().append(List.of(row("form|1", 1), row("form|1", 2), row("form|1", 3))));

    assertEquals("OW301", assertInstanceOf(RefusedException.class, failure).code());
    assertTrue(failure.toString().contains("form|1"), failure::toString);
    assertEquals(List.of(2L), numbers("form|1"));
  }

  @Test
  void append_ofTheSameNumberTwice_isRefusedWhole() {
    List<JournalRow> rows = List.of(row("form|1", 1), row("form|1", 1));

    OnewriteException failure = failure(store.journal().append(rows));

    assertEquals("OW301", failure.code());
    assertEquals(List.of(), numbers("form|1"));
  }

  @Test
  void append_besideRefusedOnes_isUnharmed() {
    append("form|taken", 1);
    List<CompletionStage<Void>> good = new ArrayList<>();
    List<CompletionStage<Void>> bad = new ArrayList<>();

    for (int i = 1; i <= 200; i++) {
      good.add(store.journal().append(List.of(row("form|good-" + i, 1))));
      if (i % 20 == 0) {
        bad.add(store.journal().append(List.of(row("form|taken", 1))));
      }
    }

    good.forEach(StoreCase::await);
    bad.forEach(stage -> assertEquals("OW301", failure(stage).code()));
    for (int i = 1; i <= 200; i++) {
      assertEquals(List.of(1L), numbers("form|good-" + i));
    }
  }

  @Test
  void append_afterRefusedOne_goesOn() {
    append("form|1", 1);
    failure(store.journal().append(List.of(row("form|1", 1))));

    append("form|1", 2);

    assertEquals(List.of(1L, 2L), numbers("form|1"));
  }

  @Test
  void append_manyUnawaitedOfOneHistory_areCommittedInTheOrderCalled() {
    List<CompletionStage<Void>> stages = new ArrayList<>();

    for (int i = 1; i <= 500; i++) {
      stages.add(store.journal().append(List.of(row("form|1", i))));
    }
    stages.forEach(StoreCase::await);

    List<Long> committed =
        store.tail().read(Position.START, SliceRange.ALL, 1_000).stream()
            .map(row -> row.row().sequenceNumber())
            .toList();
    assertEquals(numbers("form|1"), committed);
    assertEquals(500, committed.size());
  }

  @Test
  void append_ofOddIds_keepsThemApart() {
    for (String id : ODD_IDS) {
      append(id, 1);
    }

    for (String id : ODD_IDS) {
      List<JournalRow> rows = history(id);
      assertEquals(1, rows.size(), id);
      assertEquals(id, rows.get(0).persistenceId());
      assertArrayEquals(payload(id, 1), rows.get(0).payload(), id);
    }
    assertEquals(0, store.journal().highestSequenceNumber("form|%"));
  }

  @Test
  void append_ofEmptyAndLargePayloads_comesBackAsItWas() {
    byte[] large = new byte[MEBIBYTE];
    new Random(1).nextBytes(large);

    await(store.journal().append(List.of(row("form|1", 1, new byte[0]), row("form|1", 2, large))));

    assertArrayEquals(new byte[0], history("form|1").get(0).payload());
    assertArrayEquals(large, history("form|1").get(1).payload());
  }

  @Test
  void append_withLargestSequenceNumber_isTaken() {
    append("form|1", Long.MAX_VALUE);

    assertEquals(Long.MAX_VALUE, store.journal().highestSequenceNumber("form|1"));
    assertEquals(List.of(Long.MAX_VALUE), numbers("form|1"));
  }

  @Test
  void journal_afterReopen_isAsItWas() {
    assumeTrue(store.survivesRestart(), "this store says that nothing survives");
    append("form|1", 1);
    append("form|2", 1);
    append("form|1", 2);
    Position bound = store.tail().bound();

    reopen();

    assertEquals(List.of(1L, 2L), numbers("form|1"));
    assertEquals(bound, store.tail().bound());
    assertEquals("OW301", failure(store.journal().append(List.of(row("form|1", 2)))).code());
    append("form|1", 3);
    assertTrue(store.tail().bound().isAfter(bound));
  }
}
