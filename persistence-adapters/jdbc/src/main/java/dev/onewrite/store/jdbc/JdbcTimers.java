package dev.onewrite.store.jdbc;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.Timers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class JdbcTimers implements Timers {

  private static final String SET =
      "insert into timer (persistence_id, timer_id, slice, due, sequence_number)"
          + " values (?, ?, ?, ?, ?) on conflict (persistence_id, timer_id)"
          + " do update set due = excluded.due, sequence_number = excluded.sequence_number";

  private static final String REMOVE =
      "delete from timer where persistence_id = ? and timer_id = ?";

  private static final String DUE =
      "select persistence_id, timer_id, due, sequence_number from timer"
          + " where due <= ? and slice between ? and ? order by due, timer_id limit ?";

  private static final String NEXT =
      "select min(due) from timer where due > ? and slice between ? and ?";

  private static final String NEXT_OF_ALL = "select min(due) from timer where due > ?";

  private final Writer writer;
  private final Reads reads;

  JdbcTimers(Writer writer, Reads reads) {
    this.writer = writer;
    this.reads = reads;
  }

  @Override
  public void change(List<PendingTimer> set, List<PendingTimer.Key> gone) {
    writer.submitAndWait(
        Write.besides(
            "timer",
            set.size() + " timers set and " + gone.size() + " removed",
            0,
            session -> {
              for (PendingTimer.Key key : gone) {
                PreparedStatement remove = session.statement(REMOVE);
                remove.setString(1, key.persistenceId());
                remove.setString(2, key.timerId());
                remove.executeUpdate();
              }
              for (PendingTimer timer : set) {
                PreparedStatement insert = session.statement(SET);
                insert.setString(1, timer.persistenceId());
                insert.setString(2, timer.timerId());
                insert.setInt(3, SliceRange.sliceOf(timer.persistenceId()));
                insert.setLong(4, timer.due().toEpochMilli());
                insert.setLong(5, timer.row());
                insert.executeUpdate();
              }
            }));
  }

  @Override
  public List<PendingTimer> due(SliceRange slices, Instant now, int max) {
    return reads.read(
        "the timers that are due",
        connection -> {
          try (PreparedStatement due = connection.prepareStatement(DUE)) {
            due.setLong(1, now.toEpochMilli());
            due.setInt(2, slices.from());
            due.setInt(3, slices.to());
            due.setInt(4, max);
            return timers(due);
          }
        });
  }

  private static List<PendingTimer> timers(PreparedStatement due) throws SQLException {
    List<PendingTimer> timers = new ArrayList<>();
    try (ResultSet rows = due.executeQuery()) {
      while (rows.next()) {
        timers.add(
            new PendingTimer(
                rows.getString(1),
                rows.getString(2),
                Instant.ofEpochMilli(rows.getLong(3)),
                rows.getLong(4)));
      }
    }
    return timers;
  }

  @Override
  public Optional<Instant> next(SliceRange slices, Instant after) {
    boolean all = slices.equals(SliceRange.ALL); // then the index answers by itself
    return reads.read(
        "when the next timer is due",
        connection -> {
          try (PreparedStatement next = connection.prepareStatement(all ? NEXT_OF_ALL : NEXT)) {
            next.setLong(1, after.toEpochMilli());
            if (!all) {
              next.setInt(2, slices.from());
              next.setInt(3, slices.to());
            }
            try (ResultSet rows = next.executeQuery()) {
              long due = rows.next() ? rows.getLong(1) : 0;
              return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
            }
          }
        });
  }
}
