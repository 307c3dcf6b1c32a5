package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * All that {@link dev.onewrite.spi.Store} and its parts promise. A store's own test extends this
 * and adds {@code open()}:
 *
 * <pre>{@code
 * final class SqliteStoreTest extends StoreContract {
 *   @TempDir Path directory;
 *
 *   @Override
 *   protected Store open() { ... }
 * }
 * }</pre>
 *
 * <p>What a kill leaves behind is no part of it: that takes a process of the store's own.
 */
public abstract class StoreContract extends RuledContract {

  @Test
  void description_isOneLine() {
    String description = store.description();

    assertFalse(description.isBlank());
    assertFalse(description.contains("\n"));
  }

  @Test
  void listener_isToldAfterTheCommitAndBeforeTheAppendCompletes() throws Exception {
    AtomicInteger told = new AtomicInteger();
    AtomicLong visible = new AtomicLong();

    AutoCloseable listening =
        store.onCommit(
            () -> {
              told.incrementAndGet();
              visible.set(store.journal().highestSequenceNumber("form|1"));
            });
    append("form|1", 1);

    assertEquals(1, told.get());
    assertEquals(1, visible.get());
    listening.close();
  }

  @Test
  void listener_isNotToldOfAnythingButRows() throws Exception {
    AtomicInteger told = new AtomicInteger();
    append("form|1", 1);

    AutoCloseable listening = store.onCommit(told::incrementAndGet);
    failure(store.journal().append(List.of(row("form|1", 1))));
    store.snapshots().save(snapshot("form|1", 1, "one"));
    store.offsets().save("audit", SliceRange.ALL, store.tail().bound());

    assertEquals(0, told.get());
    listening.close();
  }

  @Test
  void listener_ended_isNotToldAgainWhileOthersAre() throws Exception {
    AtomicInteger told = new AtomicInteger();
    AutoCloseable first = store.onCommit(told::incrementAndGet);
    AutoCloseable second = store.onCommit(told::incrementAndGet);

    append("form|1", 1);
    first.close();
    append("form|1", 2);
    second.close();
    append("form|1", 3);

    assertEquals(3, told.get());
  }

  @Test
  void listener_thatThrows_harmsNeitherTheAppendNorOthers() throws Exception {
    AtomicInteger told = new AtomicInteger();
    AutoCloseable throwing =
        store.onCommit(
            () -> {
              throw new IllegalStateException("a listener that throws, as this test wants");
            });
    AutoCloseable listening = store.onCommit(told::incrementAndGet);

    append("form|1", 1);
    append("form|1", 2);

    assertEquals(2, told.get());
    assertEquals(List.of(1L, 2L), numbers("form|1"));
    throwing.close();
    listening.close();
  }

  @Test
  void close_withAppendsWaiting_writesThem() {
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      stages.add(store.journal().append(List.of(row("form|" + i, 1))));
    }

    store.close();

    for (CompletionStage<Void> stage : stages) {
      assertTrue(stage.toCompletableFuture().isDone());
      await(stage);
    }
    assumeTrue(store.survivesRestart(), "this store says that nothing survives");
    reopen();
    assertEquals(1_000, store.tail().read(Position.START, SliceRange.ALL, 2_000).size());
  }

  @Test
  void close_twice_isClosed() {
    store.close();

    store.close();

    assertThrows(OnewriteException.class, () -> store.tail().bound());
  }

  @Test
  void closedStore_refusesEveryCall() {
    store.close();

    OnewriteException append = failure(store.journal().append(List.of(row("form|1", 1))));

    assertEquals("OW309", assertInstanceOf(RetryableException.class, append).code());
    assertRefusedAsClosed(() -> store.journal().highestSequenceNumber("form|1"));
    assertRefusedAsClosed(() -> history("form|1"));
    assertRefusedAsClosed(() -> store.snapshots().save(snapshot("form|1", 1, "one")));
    assertRefusedAsClosed(() -> store.snapshots().delete("form|1", 1, 2));
    assertRefusedAsClosed(() -> store.snapshots().latest("form|1", 1));
    assertRefusedAsClosed(() -> store.offsets().floor("audit"));
    assertRefusedAsClosed(() -> store.offsets().read("audit"));
    assertRefusedAsClosed(() -> store.tail().bound());
    assertRefusedAsClosed(() -> store.setAside().stable("audit"));
    assertRefusedAsClosed(() -> store.setAside().clean("audit"));
  }

  private static void assertRefusedAsClosed(Runnable call) {
    RetryableException refused = assertThrows(RetryableException.class, call::run);

    assertEquals("OW309", refused.code());
  }
}
