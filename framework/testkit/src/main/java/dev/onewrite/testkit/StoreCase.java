package dev.onewrite.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store, open for the time of one test, and the rows that the tests write to it. */
abstract class StoreCase {

  /** Far above what any store needs; a test that waits as long has failed. */
  static final long WAIT_SECONDS = 60;

  private static final long WRITTEN_AT = 1_767_225_600_000L;

  /** The store under test; {@link #reopen} replaces it. */
  Store store;

  @SuppressWarnings("NullAway.Init") // opened before each test
  StoreCase() {}

  /**
   * Opens the store at a place of this test's own.
   *
   * <p><b>When.</b> Before each test, and again in a test that closes and opens: then at the same
   * place.
   */
  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  void reopen() {
    store.close();
    store = open();
  }

  static JournalRow row(String persistenceId, long sequenceNumber) {
    return row(persistenceId, sequenceNumber, payload(persistenceId, sequenceNumber));
  }

  static JournalRow row(String persistenceId, long sequenceNumber, byte[] payload) {
    return new JournalRow(
        persistenceId, sequenceNumber, "writer-1", "batch/1", payload, WRITTEN_AT);
  }

  static SnapshotRow snapshot(String persistenceId, long sequenceNumber, String payload) {
    return new SnapshotRow(
        persistenceId, sequenceNumber, "state/1", payload.getBytes(UTF_8), WRITTEN_AT);
  }

  /** Tells every row from every other, so that a row with another's payload is seen. */
  static byte[] payload(String persistenceId, long sequenceNumber) {
    return (persistenceId + "#" + sequenceNumber).getBytes(UTF_8);
  }

  /** Appends one row and waits for the commit. */
  void append(String persistenceId, long sequenceNumber) {
    await(store.journal().append(List.of(row(persistenceId, sequenceNumber))));
  }

  List<JournalRow> history(String persistenceId) {
    List<JournalRow> rows = new ArrayList<>();
    store.journal().replay(persistenceId, 1, Long.MAX_VALUE, Long.MAX_VALUE, rows::add);
    return rows;
  }

  List<Long> numbers(String persistenceId) {
    return history(persistenceId).stream().map(JournalRow::sequenceNumber).toList();
  }

  static void await(CompletionStage<Void> stage) {
    stage.toCompletableFuture().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The coded failure that {@code stage} ends with. */
  static OnewriteException failure(CompletionStage<Void> stage) {
    CompletionException failure = assertThrows(CompletionException.class, () -> await(stage));
    return assertInstanceOf(OnewriteException.class, failure.getCause());
  }
}
