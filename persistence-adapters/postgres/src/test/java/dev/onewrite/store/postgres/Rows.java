package dev.onewrite.store.postgres;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Store;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short ways to write and read rows. */
final class Rows {

  private Rows() {}

  static JournalRow row(String persistenceId, long number) {
    return new JournalRow(persistenceId, number, "writer-1", "batch/1", new byte[] {1}, 0);
  }

  static void append(Store store, String persistenceId, long number) {
    store
        .journal()
        .append(List.of(row(persistenceId, number)))
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  static List<String> after(Store store, Position after) {
    return store.tail().read(after, SliceRange.ALL, 10_000).stream()
        .map(row -> row.row().persistenceId() + "#" + row.row().sequenceNumber())
        .toList();
  }
}
