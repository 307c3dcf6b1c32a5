package dev.onewrite.store.jdbc;

import dev.onewrite.component.Address;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Deferred;
import dev.onewrite.spi.Sequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which sequences wait, and behind what. */
final class JdbcBacklogs {

  /** The state of the first open row of the sequence that is looked at. */
  private static final String STATE_OF_FIRST =
      "(select f.state from set_aside f where f.consumer_group = s.consumer_group"
          + " and f.sender = s.sender and f.receiver = s.receiver"
          + " and f.state in ('DEFERRED', 'PARKED')"
          + " order by f.origin_transaction, f.origin_ordering, f.outgoing_index limit 1)";

  private JdbcBacklogs() {}

  static List<Backlog> read(Connection connection, Backlog.Filter which, int max)
      throws SQLException {
    List<Backlog> backlogs = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql(which));
        PreparedStatement first = connection.prepareStatement(SetAsideSql.FIRST_OF_TWO_STATES)) {
      int next = 1;
      for (String value : values(which)) {
        query.setString(next++, value);
      }
      query.setInt(next, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          backlog(rows, first).ifPresent(backlogs::add);
        }
      }
    }
    return backlogs;
  }

  /** The number of open rows of each sequence, the parked ones among them apart. */
  private static String sql(Backlog.Filter which) {
    return "select s.consumer_group, s.sender, s.receiver, count(*),"
        + " sum(case when s.state = 'PARKED' then 1 else 0 end) from set_aside s"
        + " where s.state in ('DEFERRED', 'PARKED')"
        + (which.group() == null ? "" : " and s.consumer_group = ?")
        + (which.sender() == null ? "" : " and s.sender = ?")
        + (which.receiver() == null ? "" : " and s.receiver = ?")
        + " group by s.consumer_group, s.sender, s.receiver"
        + (which.first() == null ? "" : " having " + STATE_OF_FIRST + " = ?")
        + " order by s.consumer_group, s.sender, s.receiver limit ?";
  }

  private static List<String> values(Backlog.Filter which) {
    List<String> values = new ArrayList<>();
    add(values, which.group());
    add(values, id(which.sender()));
    add(values, id(which.receiver()));
    add(values, which.first() == null ? null : which.first().name());
    return values;
  }

  private static @Nullable String id(@Nullable Address entity) {
    return entity == null ? null : entity.persistenceId();
  }

  private static void add(List<String> values, @Nullable String value) {
    if (value != null) {
      values.add(value);
    }
  }

  /** Absent where all of it went while this was looked at, or nobody can say whose it is. */
  private static Optional<Backlog> backlog(ResultSet rows, PreparedStatement first)
      throws SQLException {
    Sequence sequence =
        Deferred.of(rows.getString(1), rows.getString(2), rows.getString(3)).sequence();
    if (sequence == null) {
      return Optional.empty(); // verify names it
    }
    long parked = rows.getLong(5);
    long deferred = rows.getLong(4) - parked;
    return SetAsideSql.firstOpen(first, sequence)
        .map(row -> new Backlog(sequence, row, parked, deferred));
  }
}
