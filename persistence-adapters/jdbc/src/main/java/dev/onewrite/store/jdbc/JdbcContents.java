package dev.onewrite.store.jdbc;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.TailRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcContents implements Contents {

  private static final String SNAPSHOT_COLUMNS =
      "select persistence_id, sequence_number from snapshot";

  private static final String SNAPSHOTS_OF =
      SNAPSHOT_COLUMNS + " where persistence_id = ? order by sequence_number";

  private static final String SNAPSHOTS =
      SNAPSHOT_COLUMNS
          + " where (persistence_id, sequence_number) > (?, ?)"
          + " order by persistence_id, sequence_number limit ?";

  private static final String GROUPS =
      "select consumer_group from consumer_offset union select consumer_group from consumer_floor"
          + " order by 1";

  private static final String TIMER_COLUMNS =
      "select persistence_id, timer_id, due, sequence_number from timer";

  private static final String TIMERS =
      TIMER_COLUMNS
          + " where (persistence_id, timer_id) > (?, ?)"
          + " order by persistence_id, timer_id limit ?";

  private static final String TIMER = TIMER_COLUMNS + " where persistence_id = ? and timer_id = ?";

  private final Database database;
  private final Reads reads;
  private final String rows;

  JdbcContents(Database database, Reads reads) {
    this.database = database;
    this.reads = reads;
    // Two rows of one number have to be seen too, so the key of a page is more than theirs.
    this.rows =
        database.page(
            "(persistence_id, sequence_number, ordering) > (?, ?, ?)",
            List.of("persistence_id", "sequence_number", "ordering"));
  }

  @FunctionalInterface
  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  @FunctionalInterface
  private interface Row<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T> List<T> list(String subject, String query, Binding binding, Row<T> row) {
    return reads.read(subject, connection -> list(connection, query, binding, row));
  }

  private static <T> List<T> list(Connection connection, String query, Binding binding, Row<T> row)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      binding.to(statement);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.of(rows));
        }
      }
    }
    return found;
  }

  @Override
  public List<Held> rows(@Nullable Held after, int max) {
    return reads.read(
        "the journal",
        connection -> {
          List<Held> found = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(rows)) {
            statement.setString(1, after == null ? "" : after.tailRow().row().persistenceId());
            statement.setLong(2, after == null ? 0 : after.tailRow().row().sequenceNumber());
            statement.setLong(3, after == null ? 0 : after.tailRow().position().ordering());
            statement.setInt(4, max);
            statement.setInt(5, 0);
            try (ResultSet row = statement.executeQuery()) {
              long bytes = 0;
              while (bytes < Tail.PAGE_BYTES_MAX && row.next()) {
                Held held = held(row);
                found.add(held);
                bytes += held.tailRow().row().payload().length;
              }
            }
          }
          return found;
        });
  }

  private Held held(ResultSet row) throws SQLException {
    return new Held(new TailRow(database.position(row), JournalSql.row(row)), row.getInt("slice"));
  }

  @Override
  public List<SnapshotRow.Key> snapshots(String persistenceId) {
    return list(
        "the snapshots of '" + persistenceId + "'",
        SNAPSHOTS_OF,
        statement -> statement.setString(1, persistenceId),
        JdbcContents::snapshot);
  }

  @Override
  public List<SnapshotRow.Key> snapshots(SnapshotRow.@Nullable Key after, int max) {
    return list(
        "the snapshots",
        SNAPSHOTS,
        statement -> {
          statement.setString(1, after == null ? "" : after.persistenceId());
          statement.setLong(2, after == null ? 0 : after.sequenceNumber());
          statement.setInt(3, max);
        },
        JdbcContents::snapshot);
  }

  @Override
  public List<String> groups() {
    return list("the groups", GROUPS, statement -> {}, row -> row.getString(1));
  }

  @Override
  public long count(Position after, Position to, SliceRange slices) {
    return reads.read(
        "how many rows are after " + after,
        connection -> {
          try (PreparedStatement count = database.count(connection, after, to, slices);
              ResultSet counted = count.executeQuery()) {
            return counted.next() ? counted.getLong(1) : 0L;
          }
        });
  }

  @Override
  public List<PendingTimer> timers(PendingTimer.@Nullable Key after, int max) {
    return list(
        "the timers",
        TIMERS,
        statement -> {
          statement.setString(1, after == null ? "" : after.persistenceId());
          statement.setString(2, after == null ? "" : after.timerId());
          statement.setInt(3, max);
        },
        JdbcContents::timer);
  }

  @Override
  public Optional<PendingTimer> timer(PendingTimer.Key key) {
    return list(
            "a timer of '" + key.persistenceId() + "'",
            TIMER,
            statement -> {
              statement.setString(1, key.persistenceId());
              statement.setString(2, key.timerId());
            },
            JdbcContents::timer)
        .stream()
        .findFirst();
  }

  @Override
  public List<Aside> setAside(@Nullable Aside after, int max) {
    return list(
        "what is set aside",
        SetAsideSql.PAGE,
        statement -> {
          statement.setString(1, after == null ? "" : after.id());
          statement.setString(2, after == null ? "" : after.receiver());
          statement.setString(3, after == null ? "" : after.group());
          statement.setInt(4, max);
        },
        SetAsideSql::aside);
  }

  private static SnapshotRow.Key snapshot(ResultSet rows) throws SQLException {
    return new SnapshotRow.Key(rows.getString(1), rows.getLong(2));
  }

  private static PendingTimer timer(ResultSet rows) throws SQLException {
    return new PendingTimer(
        rows.getString(1),
        rows.getString(2),
        Instant.ofEpochMilli(rows.getLong(3)),
        rows.getLong(4));
  }
}
