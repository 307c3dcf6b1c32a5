package dev.onewrite;

import static dev.onewrite.Counters.ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entity reads when it comes back, and what it refuses to run on. */
final class RecoveryTest {

  private static final Component<Message> COUNTER = Counters.counter().build();
  private static final int NEVER = 1_000_000;

  private final TestStore store = new TestStore();

  private Onewrite start(int snapshotEvery) {
    return Counters.node(store, COUNTER).set("onewrite.snapshot-every", snapshotEvery).start();
  }

  /** Six turns of entity one and one of entity two, by a node that is closed again. */
  private void write(int snapshotEvery) {
    try (Onewrite node = start(snapshotEvery)) {
      for (int i = 1; i <= 6; i++) {
        Await.value(node.ref(COUNTER, "one").ask(new Add(i), Total.class, "r" + i));
      }
      Await.value(node.ref(COUNTER, "two").tell(new Add(100)));
      if (snapshotEvery < 6) {
        Await.until(
            "a snapshot",
            () ->
                store.snapshotsOf(ONE).stream()
                    .anyMatch(row -> row.sequenceNumber() == 6 / snapshotEvery * snapshotEvery));
      }
    }
  }

  private void change(long number, UnaryOperator<JournalRow> change) {
    store.change(ONE, number, change);
  }

  private static JournalRow with(JournalRow row, String manifest, byte[] payload) {
    return new JournalRow(
        row.persistenceId(),
        row.sequenceNumber(),
        row.writer(),
        manifest,
        payload,
        row.writtenAt());
  }

  private static byte[] damaged(byte[] payload) {
    byte[] copy = payload.clone();
    copy[copy.length / 2] ^= 1;
    return copy;
  }

  private void assertRefusesOn(String code) {
    int rows = store.rowsOfAll();
    try (Onewrite node = start(NEVER)) {
      Ref<Message> one = node.ref(COUNTER, "one");

      BrokenException e =
          Await.failure(code, BrokenException.class, one.ask(new Get(), Total.class));
      Await.failure(code, BrokenException.class, one.tell(new Add(1)));

      assertTrue(e.getMessage().contains(ONE), e.getMessage());
      assertEquals(
          new Total(100, 1),
          Await.value(node.ref(COUNTER, "two").ask(new Get(), Total.class)),
          "another entity");
      assertEquals(rows, store.rowsOfAll());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, NEVER})
  void entity_afterARestart_isAsItWas(int snapshotEvery) {
    write(snapshotEvery);

    try (Onewrite node = start(snapshotEvery)) {
      Ref<Message> one = node.ref(COUNTER, "one");

      assertEquals(new Total(21, 6), Await.value(one.ask(new Get(), Total.class)));
      assertEquals(new Total(3, 2), Await.value(one.ask(new Add(2), Total.class, "r2")));
      assertEquals(new Total(31, 7), Await.value(one.ask(new Add(10), Total.class)));
      assertEquals(
          List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L),
          store.rows(ONE).stream().map(JournalRow::sequenceNumber).toList());
    }
  }

  @Test
  void journalRow_damaged_isRefused() {
    write(NEVER);
    change(3, row -> with(row, row.manifest(), damaged(row.payload())));

    assertRefusesOn("OW201");
  }

  @Test
  void journalRow_inThePlaceOfAnother_isRefused() {
    write(NEVER);
    JournalRow fourth = store.rows(ONE).get(3);
    change(3, row -> with(row, row.manifest(), fourth.payload()));

    assertRefusesOn("OW201");
  }

  @Test
  void journalRow_ofANewerFormat_isRefused() {
    write(NEVER);
    change(6, row -> with(row, "batch/2", row.payload()));

    assertRefusesOn("OW205");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 5})
  void history_withAHole_isRefused(long missing) {
    write(NEVER);
    store.remove(ONE, missing);

    assertRefusesOn("OW206");
  }

  @Test
  void history_withAHoleOfSeveralRows_isRefused() {
    write(NEVER);
    store.remove(ONE, 2);
    store.remove(ONE, 3);
    store.remove(ONE, 4);

    assertRefusesOn("OW206");
  }

  /** The store says that there are six rows, and gives five. */
  @Test
  void history_thatEndsEarly_isRefused() {
    write(NEVER);
    store.hideFromReplay(ONE, 6);

    assertRefusesOn("OW206");
  }

  @Test
  void history_thatEndsBeforeItsSnapshot_isRefused() {
    write(6);
    store.remove(ONE, 6);
    store.remove(ONE, 5);

    assertRefusesOn("OW206");
  }

  @Test
  void refusingEntity_onceItsRowIsRestored_runsAgain() {
    write(NEVER);
    JournalRow third = store.rows(ONE).get(2);
    change(3, row -> with(row, row.manifest(), damaged(row.payload())));
    try (Onewrite node = start(NEVER)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      Await.failure("OW201", BrokenException.class, one.tell(new Add(1)));

      change(3, row -> third);

      Await.until(
          "an answer that is none of a broken entity",
          () -> {
            var answer = one.ask(new Get(), Total.class).toCompletableFuture();
            Await.until("any answer", answer::isDone);
            return !answer.isCompletedExceptionally();
          });
      assertEquals(new Total(22, 7), Await.value(one.ask(new Add(1), Total.class)));
    }
  }

  @Test
  void snapshot_damaged_isPassedOver() {
    write(6);
    SnapshotRow good = store.snapshotsOf(ONE).get(0);
    store.save(new SnapshotRow(ONE, 6, good.manifest(), damaged(good.payload()), good.writtenAt()));

    try (Onewrite node = start(NEVER)) {
      assertEquals(
          new Total(21, 6), Await.value(node.ref(COUNTER, "one").ask(new Get(), Total.class)));
    }
  }

  @Test
  void snapshot_ofANewerFormat_isPassedOver() {
    write(3);
    SnapshotRow newest = store.latest(ONE, Long.MAX_VALUE).orElseThrow();
    store.save(
        new SnapshotRow(
            ONE, newest.sequenceNumber(), "state/2", newest.payload(), newest.writtenAt()));

    try (Onewrite node = start(NEVER)) {
      assertEquals(
          new Total(21, 6), Await.value(node.ref(COUNTER, "one").ask(new Get(), Total.class)));
    }
  }

  @Test
  void journal_behindASnapshot_isNotReadAgain() {
    write(6);
    store.remove(ONE, 1); // would be a hole, if anybody looked

    try (Onewrite node = start(NEVER)) {
      assertEquals(
          new Total(22, 7), Await.value(node.ref(COUNTER, "one").ask(new Add(1), Total.class)));
    }
    assertFalse(store.snapshotsOf(ONE).isEmpty());
  }
}
