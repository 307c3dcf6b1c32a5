package dev.onewrite.store.jdbc;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code set_aside}: its statements, and a row of it as a value and back. */
final class SetAsideSql {

  private static final String COLUMNS =
      "consumer_group, sender, receiver, outgoing_id, sequence_number, origin_transaction,"
          + " origin_ordering, outgoing_index, hold_transaction, hold_ordering, hold_redrive, state,"
          + " attempts_made, attempts_failed, first_at, first_reason, last_at, last_reason,"
          + " discarded_by, discarded_at, discarded_reason";

  /** A row that is there is changed in what can change of it. */
  static final String PUT =
      "insert into set_aside ("
          + COLUMNS
          + ", slice) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " on conflict (outgoing_id, receiver, consumer_group) do update set"
          + " hold_transaction = excluded.hold_transaction,"
          + " hold_ordering = excluded.hold_ordering, hold_redrive = excluded.hold_redrive,"
          + " state = excluded.state, attempts_made = excluded.attempts_made,"
          + " attempts_failed = excluded.attempts_failed, first_at = excluded.first_at,"
          + " first_reason = excluded.first_reason, last_at = excluded.last_at,"
          + " last_reason = excluded.last_reason, discarded_by = excluded.discarded_by,"
          + " discarded_at = excluded.discarded_at, discarded_reason = excluded.discarded_reason";

  private static final String SELECT = "select " + COLUMNS + " from set_aside where ";

  private static final String KEY = "outgoing_id = ? and receiver = ? and consumer_group = ?";

  private static final String SEQUENCE = "consumer_group = ? and sender = ? and receiver = ?";

  private static final String EMISSION =
      " order by origin_transaction, origin_ordering, outgoing_index";

  static final String BY_KEY = SELECT + KEY;

  /** Of all groups and states. */
  static final String PAGE =
      "select "
          + COLUMNS
          + ", slice from set_aside where (outgoing_id, receiver, consumer_group) > (?, ?, ?)"
          + " order by outgoing_id, receiver, consumer_group limit ?";

  static final String FORGET = "delete from set_aside where " + KEY + " and state = 'FAILING'";

  private static final String FIRST_OF_STATE =
      SELECT + SEQUENCE + " and state = ?" + EMISSION + " limit 1";

  /** The first row of one state, and the first one of another. */
  static final String FIRST_OF_TWO_STATES =
      "select * from ("
          + FIRST_OF_STATE
          + ") one union all select * from ("
          + FIRST_OF_STATE
          + ") other";

  static final String OF_SEQUENCE =
      SELECT + SEQUENCE + " and state <> 'FAILING'" + EMISSION + " limit ?";

  static final String OF_OUTGOING =
      SELECT + "outgoing_id = ? and state <> 'FAILING' order by sender, receiver";

  private static final String BELOW =
      "exists (select 1 from set_aside where "
          + SEQUENCE
          + " and state = ? and (origin_transaction, origin_ordering, outgoing_index) < (?, ?, ?))";

  /**
   * Whether rows of two states are below an outgoing in its sequence, and any of its sender are
   * left but discarded ones.
   */
  static final String SIGHT =
      "select "
          + BELOW
          + ", "
          + BELOW
          + ", exists (select 1 from set_aside where consumer_group = ? and sender = ?"
          + " and state <> 'DISCARDED')";

  static final String DISCARDED_TO =
      "select origin_transaction, origin_ordering from set_aside"
          + " where consumer_group = ? and sender = ? and state = 'DISCARDED'"
          + " order by origin_transaction desc, origin_ordering desc limit 1";

  static final String SENDERS =
      "select distinct sender from set_aside where consumer_group = ? and slice between ? and ?"
          + " limit ?";

  static final String HOLDS =
      "select receiver, hold_transaction, hold_ordering, hold_redrive from set_aside"
          + " where consumer_group = ? and state = 'DEFERRED'"
          + " order by hold_transaction, hold_ordering, hold_redrive limit ?";

  static final String CLEAN =
      "delete from set_aside where consumer_group = ?"
          + " and state in ('FAILING', 'DONE')"
          + " and (origin_transaction, origin_ordering) <= (?, ?)";

  static final String DEFERRED =
      "select distinct consumer_group, sender, receiver from set_aside where consumer_group = ?"
          + " and state = 'DEFERRED' and slice between ? and ? and (sender, receiver) > (?, ?)"
          + " order by sender, receiver limit ?";

  /** One row of a state: the first, or the one behind so many. */
  static final String NTH_OF_STATE =
      SELECT + SEQUENCE + " and state = ?" + EMISSION + " limit 1 offset ?";

  private static final String UP_TO =
      " and (origin_transaction, origin_ordering, outgoing_index) <= (?, ?, ?)";

  static final String PARK_BEHIND =
      "update set_aside set state = 'PARKED' where " + SEQUENCE + " and state = 'DEFERRED'" + UP_TO;

  private static final String REDRIVEN =
      "update set_aside set state = 'DEFERRED', attempts_failed = 0, ";

  static final String REDRIVE_ABOVE =
      REDRIVEN
          + "hold_redrive = hold_redrive + 1 where "
          + SEQUENCE
          + " and state = 'PARKED'"
          + " and (hold_transaction, hold_ordering, hold_redrive) > (?, ?, ?)"
          + UP_TO;

  static final String REDRIVE =
      REDRIVEN
          + "hold_transaction = ?, hold_ordering = ?, hold_redrive = ? where "
          + SEQUENCE
          + " and state = 'PARKED'"
          + UP_TO;

  private SetAsideSql() {}

  static void bind(PreparedStatement put, SetAsideRow row) throws SQLException {
    bind(put, 1, row.sequence());
    put.setString(4, row.id().toString());
    put.setLong(5, row.row());
    put.setLong(6, row.origin().transaction());
    put.setLong(7, row.origin().ordering());
    put.setInt(8, row.index());
    bind(put, 9, row.hold());
    put.setString(12, row.state().name());
    put.setInt(13, row.attempts().made());
    put.setInt(14, row.attempts().failed());
    bind(put, 15, row.attempts().first());
    bind(put, 17, row.attempts().last());
    SetAsideRow.Discard discarded = row.discarded();
    put.setString(19, discarded == null ? null : discarded.by());
    bind(put, 20, discarded == null ? null : discarded.reason());
    put.setInt(22, SliceRange.sliceOf(row.sequence().sender().persistenceId()));
  }

  static void bind(PreparedStatement statement, int first, Sequence sequence) throws SQLException {
    statement.setString(first, sequence.group());
    statement.setString(first + 1, sequence.sender().persistenceId());
    statement.setString(first + 2, sequence.receiver().persistenceId());
  }

  static void bind(PreparedStatement statement, SetAsideRow.Key key) throws SQLException {
    statement.setString(1, key.id().toString());
    statement.setString(2, key.receiver().persistenceId());
    statement.setString(3, key.group());
  }

  static void bind(PreparedStatement statement, int first, Position position) throws SQLException {
    statement.setLong(first, position.transaction());
    statement.setLong(first + 1, position.ordering());
    statement.setInt(first + 2, position.redrive());
  }

  private static void bind(PreparedStatement put, int first, Attempts.@Nullable Note note)
      throws SQLException {
    if (note == null) {
      put.setNull(first, Types.BIGINT);
      put.setNull(first + 1, Types.VARCHAR);
    } else {
      put.setLong(first, note.at().toEpochMilli());
      put.setString(first + 1, note.text());
    }
  }

  static List<SetAsideRow> rows(PreparedStatement query) throws SQLException {
    List<SetAsideRow> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(row(rows));
      }
    }
    return found;
  }

  /** The first deferred row and the first parked one: of these two the rule chooses. */
  static Optional<SetAsideRow> firstOpen(PreparedStatement ofTwoStates, Sequence sequence)
      throws SQLException {
    bind(ofTwoStates, 1, sequence);
    ofTwoStates.setString(4, SetAsideRow.State.DEFERRED.name());
    bind(ofTwoStates, 5, sequence);
    ofTwoStates.setString(8, SetAsideRow.State.PARKED.name());
    return Rules.OURS.firstOpen(rows(ofTwoStates));
  }

  /** A row as it is stored, also one that nobody can have written. */
  static Contents.Aside aside(ResultSet rows) throws SQLException {
    try {
      return Contents.Aside.of(row(rows), rows.getInt("slice"));
    } catch (SQLDataException e) {
      return new Contents.Aside(
          rows.getString(1),
          rows.getString(4),
          rows.getString(3),
          rows.getInt("slice"),
          null,
          String.valueOf(e.getMessage()));
    }
  }

  /**
   * The row as a value.
   *
   * @throws SQLDataException if its columns do not make one
   */
  static SetAsideRow row(ResultSet rows) throws SQLException {
    try {
      return unchecked(rows);
    } catch (RuntimeException e) { // of whichever of the types that the columns are to become
      throw new SQLDataException("a row of set_aside cannot be read: " + e.getMessage(), e);
    }
  }

  private static SetAsideRow unchecked(ResultSet rows) throws SQLException {
    Attempts.Note discarded = note(rows, 20);
    return new SetAsideRow(
        sequence(rows),
        UUID.fromString(rows.getString(4)),
        rows.getLong(5),
        Position.of(rows.getLong(6), rows.getLong(7)),
        rows.getInt(8),
        position(rows, 9),
        SetAsideRow.State.valueOf(rows.getString(12)),
        new Attempts(rows.getInt(13), rows.getInt(14), note(rows, 15), note(rows, 17)),
        discarded == null ? null : new SetAsideRow.Discard(rows.getString(19), discarded));
  }

  static Sequence sequence(ResultSet rows) throws SQLException {
    return new Sequence(
        rows.getString(1),
        Address.ofPersistenceId(rows.getString(2)),
        Address.ofPersistenceId(rows.getString(3)));
  }

  static Position position(ResultSet rows, int first) throws SQLException {
    return new Position(rows.getLong(first), rows.getLong(first + 1), rows.getInt(first + 2));
  }

  private static Attempts.@Nullable Note note(ResultSet rows, int first) throws SQLException {
    String text = rows.getString(first + 1);
    return text == null ? null : new Attempts.Note(Instant.ofEpochMilli(rows.getLong(first)), text);
  }

  /** Nothing where it is not one. */
  static @Nullable Address address(String persistenceId) {
    try {
      return Address.ofPersistenceId(persistenceId);
    } catch (RefusedException e) {
      return null;
    }
  }
}
