package dev.onewrite.store.jdbc;

import dev.onewrite.spi.Journal;
import dev.onewrite.spi.JournalRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

final class JdbcJournal implements Journal {

  /** What a row costs besides its payload and id: near enough for the limits on bytes. */
  private static final int ROW_BYTES = 200;

  private final Writer writer;
  private final Reads reads;
  private final Failures failures;

  JdbcJournal(Writer writer, Reads reads, Failures failures) {
    this.writer = writer;
    this.reads = reads;
    this.failures = failures;
  }

  @Override
  public CompletionStage<Void> append(List<JournalRow> rows) {
    if (rows.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<JournalRow> ours = List.copyOf(rows);
    String persistenceId = ours.get(0).persistenceId();
    long bytes = 0;
    for (JournalRow row : ours) {
      if (!row.persistenceId().equals(persistenceId)) {
        return CompletableFuture.failedFuture(failures.mixed(persistenceId, row.persistenceId()));
      }
      bytes += ROW_BYTES + persistenceId.length() + row.payload().length;
    }
    return writer.submit(
        Write.append(
            persistenceId,
            subject(ours),
            bytes,
            session -> {
              for (JournalRow row : ours) {
                session.insert(row);
              }
            }));
  }

  @Override
  public long highestSequenceNumber(String persistenceId) {
    return reads.read(
        "the end of '" + persistenceId + "'",
        connection -> {
          try (PreparedStatement highest = connection.prepareStatement(JournalSql.HIGHEST)) {
            highest.setString(1, persistenceId);
            try (ResultSet rows = highest.executeQuery()) {
              // max() of no rows is null, which getLong gives as 0.
              return rows.next() ? rows.getLong(1) : 0L;
            }
          }
        });
  }

  @Override
  public void replay(
      String persistenceId, long from, long to, long max, Consumer<JournalRow> reader) {
    reads.read(
        "'" + persistenceId + "' from " + from + " to " + to,
        connection -> {
          try (PreparedStatement replay = connection.prepareStatement(JournalSql.REPLAY)) {
            replay.setString(1, persistenceId);
            replay.setLong(2, from);
            replay.setLong(3, to);
            replay.setLong(4, Math.max(max, 0));
            try (ResultSet rows = replay.executeQuery()) {
              long given = 0;
              while (rows.next()) {
                reader.accept(JournalSql.row(rows));
                given++;
              }
              return given;
            }
          }
        });
  }

  private static String subject(List<JournalRow> rows) {
    JournalRow first = rows.get(0);
    JournalRow last = rows.get(rows.size() - 1);
    String numbers =
        rows.size() == 1
            ? String.valueOf(first.sequenceNumber())
            : first.sequenceNumber() + " to " + last.sequenceNumber();
    return "'" + first.persistenceId() + "' " + numbers;
  }
}
