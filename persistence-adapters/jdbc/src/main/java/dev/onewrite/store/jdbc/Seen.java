package dev.onewrite.store.jdbc;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What is set aside below an outgoing in its sequence, and of its sender but discarded. */
record Seen(boolean parkedBelow, boolean deferredBelow, boolean ofSender) {

  static Seen of(WriterSession session, SetAsideRow outgoing) throws SQLException {
    PreparedStatement seeing = session.statement(SetAsideSql.SIGHT);
    bindBelow(seeing, 1, outgoing, State.PARKED);
    bindBelow(seeing, 8, outgoing, State.DEFERRED);
    bindSender(seeing, 15, outgoing);
    try (ResultSet seen = seeing.executeQuery()) {
      seen.next();
      return new Seen(seen.getBoolean(1), seen.getBoolean(2), seen.getBoolean(3));
    }
  }

  /** Where the last discarded message of its sender stands; the start if there is none. */
  static Position discardedTo(WriterSession session, SetAsideRow outgoing) throws SQLException {
    PreparedStatement last = session.statement(SetAsideSql.DISCARDED_TO);
    bindSender(last, 1, outgoing);
    try (ResultSet rows = last.executeQuery()) {
      return rows.next() ? Position.of(rows.getLong(1), rows.getLong(2)) : Position.START;
    }
  }

  private static void bindSender(PreparedStatement statement, int first, SetAsideRow outgoing)
      throws SQLException {
    statement.setString(first, outgoing.sequence().group());
    statement.setString(first + 1, outgoing.sequence().sender().persistenceId());
  }

  private static void bindBelow(
      PreparedStatement below, int first, SetAsideRow outgoing, State state) throws SQLException {
    SetAsideSql.bind(below, first, outgoing.sequence());
    below.setString(first + 3, state.name());
    below.setLong(first + 4, outgoing.origin().transaction());
    below.setLong(first + 5, outgoing.origin().ordering());
    below.setInt(first + 6, outgoing.index());
  }
}
