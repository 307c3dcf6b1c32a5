package dev.onewrite.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.SnapshotRow;
import org.junit.jupiter.api.Test;

/** What {@link dev.onewrite.spi.Snapshots} promises. */
abstract class SnapshotsContract extends TailContract {

  @Test
  void snapshot_ofNobody_isAbsent() {
    store.snapshots().save(snapshot("form|1", 5, "five"));

    assertTrue(store.snapshots().latest("form|2", Long.MAX_VALUE).isEmpty());
  }

  @Test
  void snapshot_saved_comesBackAsItWas() {
    store.snapshots().save(new SnapshotRow("form|1", 5, "state/3", "five".getBytes(UTF_8), 42));

    SnapshotRow read = store.snapshots().latest("form|1", Long.MAX_VALUE).orElseThrow();

    assertEquals("form|1", read.persistenceId());
    assertEquals(5, read.sequenceNumber());
    assertEquals("state/3", read.manifest());
    assertEquals("five", new String(read.payload(), UTF_8));
    assertEquals(42, read.writtenAt());
  }

  @Test
  void snapshot_ofSeveral_isTheNewestAtOrBelow() {
    store.snapshots().save(snapshot("form|1", 5, "five"));
    store.snapshots().save(snapshot("form|1", 15, "fifteen"));
    store.snapshots().save(snapshot("form|1", 10, "ten"));

    assertEquals("fifteen", latest("form|1", Long.MAX_VALUE));
    assertEquals("ten", latest("form|1", 14));
    assertEquals("ten", latest("form|1", 10));
    assertEquals("five", latest("form|1", 9));
    assertEquals("", latest("form|1", 4));
  }

  @Test
  void snapshot_savedAgain_isReplaced() {
    store.snapshots().save(snapshot("form|1", 5, "five"));

    store.snapshots().save(snapshot("form|1", 5, "five, again"));

    assertEquals("five, again", latest("form|1", Long.MAX_VALUE));
  }

  @Test
  void delete_ofRange_takesBothEndsAndNobodyElses() {
    for (int i = 1; i <= 5; i++) {
      store.snapshots().save(snapshot("form|1", i, "one " + i));
      store.snapshots().save(snapshot("form|2", i, "two " + i));
    }

    store.snapshots().delete("form|1", 2, 4);

    assertEquals("one 5", latest("form|1", Long.MAX_VALUE));
    assertEquals("one 1", latest("form|1", 4));
    assertEquals("two 4", latest("form|2", 4));
  }

  @Test
  void delete_ofNothing_changesNothing() {
    store.snapshots().save(snapshot("form|1", 5, "five"));

    store.snapshots().delete("form|1", 6, Long.MAX_VALUE);
    store.snapshots().delete("form|1", 6, 5);
    store.snapshots().delete("form|2", 0, Long.MAX_VALUE);

    assertEquals("five", latest("form|1", Long.MAX_VALUE));
  }

  @Test
  void snapshots_areNoPartOfTheJournal() {
    store.snapshots().save(snapshot("form|1", 5, "five"));

    assertEquals(Position.START, store.tail().bound());
    assertEquals(0, store.journal().highestSequenceNumber("form|1"));
  }

  @Test
  void snapshot_afterReopen_isAsItWas() {
    assumeTrue(store.survivesRestart(), "this store says that nothing survives");
    store.snapshots().save(snapshot("form|1", 5, "five"));

    reopen();

    assertEquals("five", latest("form|1", Long.MAX_VALUE));
  }

  private String latest(String persistenceId, long sequenceNumberMax) {
    return store
        .snapshots()
        .latest(persistenceId, sequenceNumberMax)
        .map(row -> new String(row.payload(), UTF_8))
        .orElse("");
  }
}
