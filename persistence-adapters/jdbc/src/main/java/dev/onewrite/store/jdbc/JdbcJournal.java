package dev.onewrite.store.jdbc;

import dev.onewrite.spi.Journal;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Tail;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

final class JdbcJournal implements Journal {

  /** What a row costs besides its payload and id: near enough for the limits on bytes. */
  private static final int ROW_BYTES = 200;

  /** 1,000. Ten times what recovery reads after a snapshot, so that it is one query as a rule. */
  private static final int PAGE_ROWS_MAX = 1_000;

  private final Writer writer;
  private final Reads reads;
  private final Failures failures;
  private final String page;

  JdbcJournal(Writer writer, Reads reads, Failures failures, Database database) {
    this.writer = writer;
    this.reads = reads;
    this.failures = failures;
    this.page = database.page(JournalSql.OF_HISTORY, JournalSql.BY_NUMBER);
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
          Replay replay = new Replay(from, max, reader);
          boolean more = true;
          try (PreparedStatement statement = connection.prepareStatement(page)) {
            statement.setString(1, persistenceId);
            statement.setLong(3, to);
            while (more) {
              more = replay.page(statement);
            }
          }
          return replay.left;
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

  /** One replay, page by page: a driver may hold a whole result, and a history may be large. */
  private static final class Replay {

    private final Consumer<JournalRow> reader;
    private long left;

    /** Of the row given last; at first, where to begin. */
    private long number;

    /** How many rows were given under that number. Above 1 only in a damaged journal. */
    private int ofNumber;

    Replay(long from, long max, Consumer<JournalRow> reader) {
      this.number = from;
      this.left = Math.max(max, 0);
      this.reader = reader;
    }

    /** Gives the next page; whether there may be another. */
    boolean page(PreparedStatement page) throws SQLException {
      long rowsMax = Math.min(left, PAGE_ROWS_MAX);
      page.setLong(2, number);
      page.setLong(4, rowsMax);
      page.setLong(5, ofNumber);
      long given = 0;
      long bytes = 0;
      try (ResultSet rows = page.executeQuery()) {
        while (rows.next()) {
          JournalRow row = JournalSql.row(rows);
          ofNumber = row.sequenceNumber() == number ? ofNumber + 1 : 1;
          number = row.sequenceNumber();
          bytes += row.payload().length;
          given++;
          reader.accept(row);
        }
      }
      left -= given;
      return left > 0 && given > 0 && (given == rowsMax || bytes >= Tail.PAGE_BYTES_MAX);
    }
  }
}
