package dev.onewrite.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write that fails says what is true of it, and leaves the store as good as before. */
final class SqliteWriteFailureTest {

  private static final int LARGE = 1 << 20;

  @TempDir Path directory;

  private final AtomicReference<FaultPoint> failing = new AtomicReference<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private JdbcStore store;
  private SmallDisk disk;

  @AfterEach
  void close() {
    gate.countDown();
    store.close();
  }

  @Test
  void append_onFullDisk_failsCodedAndGoesOnAfterTheMend() throws Exception {
    open(this::failOnce);
    await(append("form|1", 1, 10));
    fillDisk();

    OnewriteException full = failure(append("form|1", 2, LARGE));
    disk.mend();
    await(append("form|1", 2, LARGE));

    assertEquals("OW307", assertInstanceOf(RetryableException.class, full).code());
    assertTrue(full.toString().contains("'form|1' 2"), full::toString);
    assertEquals(List.of(1L, 2L), numbers("form|1"));
  }

  @Test
  void appends_behindOneThatFailed_failTooSoThatNoGapIsLeft() throws Exception {
    open(this::failOnceAndHold);
    fillDisk();

    CompletionStage<Void> holding = append("form|0", 1, 10);
    CompletionStage<Void> first = append("form|1", 1, 10);
    CompletionStage<Void> tooLarge = append("form|1", 2, LARGE);
    CompletionStage<Void> behind = append("form|1", 3, 10);
    CompletionStage<Void> neighbour = append("form|2", 1, 10);
    gate.countDown();

    await(holding);
    await(first);
    assertEquals("OW307", failure(tooLarge).code());
    assertEquals("OW308", assertInstanceOf(RetryableException.class, failure(behind)).code());
    await(neighbour);
    assertEquals(List.of(1L), numbers("form|1"));
    assertEquals(List.of(1L), numbers("form|2"));
  }

  @Test
  void append_inAnswerToAFailure_isNotTakenForOneBehindIt() throws Exception {
    open(this::failOnce);

    for (int i = 1; i <= 200; i++) {
      failing.set(FaultPoint.BEFORE_COMMIT);
      int number = i;
      CompletableFuture<Void> retried = new CompletableFuture<>();
      append("form|1", number, 10)
          .exceptionallyCompose(failure -> append("form|1", number, 10)) // on the writer's thread
          .whenComplete((done, failure) -> complete(retried, failure));
      await(retried);
    }

    assertEquals(200, store.journal().highestSequenceNumber("form|1"));
  }

  @Test
  void appends_behindARefusedOne_areWritten() throws Exception {
    open(this::holdOnce);

    CompletionStage<Void> holding = append("form|0", 1, 10);
    CompletionStage<Void> first = append("form|1", 1, 10);
    CompletionStage<Void> again = append("form|1", 1, 10);
    CompletionStage<Void> next = append("form|1", 2, 10);
    gate.countDown();

    await(holding);
    await(first);
    assertEquals("OW301", assertInstanceOf(RefusedException.class, failure(again)).code());
    await(next);
    assertEquals(List.of(1L, 2L), numbers("form|1"));
  }

  @Test
  void snapshotAndOffset_onFullDisk_failCodedAndGoOnAfterTheMend() throws Exception {
    open(this::failOnce);
    fillDisk();
    byte[] large = new byte[LARGE];
    SnapshotRow snapshot = new SnapshotRow("form|1", 1, "state/1", large, 0);

    RetryableException full =
        assertThrows(RetryableException.class, () -> store.snapshots().save(snapshot));
    disk.mend();
    store.snapshots().save(snapshot);
    Position floor = store.offsets().save("audit", SliceRange.ALL, Position.of(0, 1));

    assertEquals("OW307", full.code());
    assertTrue(store.snapshots().latest("form|1", 1).isPresent());
    assertEquals(Position.of(0, 1), floor);
  }

  @Test
  void append_whoseCommitNeverHappens_isUnknownAndNotThere() throws Exception {
    open(this::failOnce);
    AtomicInteger told = new AtomicInteger();
    store.onCommit(told::incrementAndGet);
    failing.set(FaultPoint.BEFORE_COMMIT);

    OnewriteException unknown = failure(append("form|1", 1, 10));

    assertEquals("OW302", assertInstanceOf(RetryableException.class, unknown).code());
    assertEquals(List.of(), numbers("form|1"));
    assertEquals(0, told.get());
    await(append("form|1", 1, 10));
    assertEquals(1, told.get());
  }

  @Test
  void append_whoseCommitIsNotConfirmed_isUnknownAndThere() throws Exception {
    open(this::failOnce);
    failing.set(FaultPoint.AFTER_COMMIT);

    OnewriteException unknown = failure(append("form|1", 1, 10));

    assertEquals("OW302", assertInstanceOf(RetryableException.class, unknown).code());
    assertEquals(List.of(1L), numbers("form|1"));
    assertEquals("OW301", failure(append("form|1", 1, 10)).code());
    await(append("form|1", 2, 10));
  }

  @Test
  void append_toAFullQueue_isRefusedAtOnceAndNothingTakenIsDropped() throws Exception {
    open(this::holdOnce);
    List<CompletionStage<Void>> taken = new ArrayList<>();
    CompletionStage<Void> last = append("form|0", 1, 10);

    for (int i = 1; !last.toCompletableFuture().isCompletedExceptionally(); i++) {
      taken.add(last);
      last = append("form|" + i, 1, 10);
    }
    OnewriteException full = failure(last);
    gate.countDown();

    assertEquals("OW303", assertInstanceOf(RetryableException.class, full).code());
    assertTrue(taken.size() >= 10_000, () -> "refused at " + taken.size());
    for (CompletionStage<Void> stage : taken) {
      await(stage);
    }
    assertEquals(Position.of(0, taken.size()), store.tail().bound());
    await(append("form|last", 1, 10));
  }

  @Test
  void append_toAQueueFullOfBytes_isRefusedAtOnce() throws Exception {
    open(this::holdOnce);
    List<CompletionStage<Void>> taken = new ArrayList<>();
    CompletionStage<Void> last = append("form|0", 1, LARGE);

    for (int i = 1; !last.toCompletableFuture().isCompletedExceptionally(); i++) {
      taken.add(last);
      last = append("form|" + i, 1, LARGE);
    }
    OnewriteException full = failure(last);
    gate.countDown();

    assertEquals("OW303", full.code());
    assertTrue(taken.size() < 80, () -> "refused at " + taken.size());
    for (CompletionStage<Void> stage : taken) {
      await(stage);
    }
  }

  @Test
  void save_onTheCommittingThread_isRefusedRatherThanWaitingForItself() throws Exception {
    open(Faults.NONE);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    store.onCommit(
        () -> {
          try {
            store.offsets().save("audit", SliceRange.ALL, Position.of(0, 1));
          } catch (RuntimeException e) {
            thrown.complete(e);
          }
        });

    await(append("form|1", 1, 10));

    Throwable refused = thrown.get(60, TimeUnit.SECONDS);
    assertEquals("OW312", assertInstanceOf(RefusedException.class, refused).code());
    assertFalse(numbers("form|1").isEmpty());
  }

  private void open(Faults faults) throws Exception {
    disk = new SmallDisk(SqliteDatabase.open(StoreDirectory.lock(directory)));
    store = JdbcStore.open(disk, faults);
  }

  /** The limit holds from the writer's next connection on; a lost commit makes it open one. */
  private void fillDisk() throws Exception {
    disk.fill();
    failing.set(FaultPoint.BEFORE_COMMIT);
    failure(append("form|lost", 1, 10));
  }

  private void failOnceAndHold(FaultPoint point) {
    failOnce(point);
    holdOnce(point);
  }

  /** Holds up the first commit until the gate opens, so that what follows shares the next ones. */
  private void holdOnce(FaultPoint point) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void failOnce(FaultPoint point) {
    if (failing.compareAndSet(point, null)) {
      throw new IllegalStateException("a fault, as this test wants");
    }
  }

  private CompletionStage<Void> append(String persistenceId, long number, int bytes) {
    return store
        .journal()
        .append(List.of(new JournalRow(persistenceId, number, "w", "batch/1", new byte[bytes], 0)));
  }

  private List<Long> numbers(String persistenceId) {
    List<Long> numbers = new ArrayList<>();
    store.journal().replay(persistenceId, 1, 9, 9, row -> numbers.add(row.sequenceNumber()));
    return numbers;
  }

  private static void complete(CompletableFuture<Void> future, Throwable failure) {
    if (failure == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(failure);
    }
  }

  private static void await(CompletionStage<Void> stage) {
    stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static OnewriteException failure(CompletionStage<Void> stage) {
    CompletionException failure = assertThrows(CompletionException.class, () -> await(stage));
    return assertInstanceOf(OnewriteException.class, failure.getCause());
  }
}
