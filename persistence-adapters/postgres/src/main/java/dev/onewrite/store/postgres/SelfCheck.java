package dev.onewrite.store.postgres;

import dev.onewrite.component.RefusedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What must hold of a server before anything is journaled there. */
final class SelfCheck {

  private static final int VERSION_MIN = 14;

  /*
   * What a commit is worth is asked on each new connection of the writer: after a fail-over it may
   * lead to a server that is set up otherwise. What was found is pinned for the session, so that a
   * reloaded configuration does not change it under our feet.
   */
  private static final String SESSION =
      "select pg_is_in_recovery(), current_setting('fsync'), current_setting('synchronous_commit'),"
          + " set_config('synchronous_commit', current_setting('synchronous_commit'), false)";

  private static final String SEQUENCE =
      "select s.seqcache, s.seqrelid::regclass::text from pg_depend d"
          + " join pg_sequence s on s.seqrelid = d.objid"
          + " where d.classid = 'pg_class'::regclass and d.refobjid = 'journal'::regclass"
          + " and d.refobjsubid = (select attnum from pg_attribute"
          + " where attrelid = 'journal'::regclass and attname = 'ordering')";

  private static final String PRIMARY_KEY =
      "select count(*) from pg_index i where i.indrelid = 'journal'::regclass and i.indisprimary"
          + " and i.indisvalid and (select array_agg(a.attname::text order by k.place)"
          + " from unnest(i.indkey) with ordinality k (number, place)"
          + " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number)"
          + " = array['persistence_id', 'sequence_number']";

  /* The next id, without taking it. */
  private static final String TRANSACTIONS =
      "select greatest((select max(last.id) from (select transaction_id::text::bigint as id"
          + " from journal order by transaction_id desc limit 1) last),"
          + " (select max(transaction_id) from consumer_offset)),"
          + " pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

  private SelfCheck() {}

  /** Before the tables are touched. */
  static void server(Connection connection, String where) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < VERSION_MIN) {
      throw PostgresFailures.tooOld(where, version);
    }
    session(connection, where);
  }

  /** A connection that commits. */
  static void session(Connection connection, String where) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SESSION)) {
      rows.next();
      if (rows.getBoolean(1)) {
        throw PostgresFailures.standby(where);
      }
      if (rows.getString(2).equals("off")) {
        throw PostgresFailures.notSynced(
            where, "fsync", "Set fsync = on in postgresql.conf and restart the server");
      }
      if (rows.getString(3).equals("off")) {
        throw PostgresFailures.notSynced(
            where,
            "synchronous_commit",
            "Run: alter role " + user(connection) + " set synchronous_commit = on");
      }
    }
  }

  /** Once the tables are this release's. */
  static void tables(Connection connection, String where) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(SEQUENCE)) {
        if (!rows.next()) {
          throw PostgresFailures.noSequence(where);
        }
        if (rows.getLong(1) != 1) {
          throw PostgresFailures.cached(where, rows.getString(2), rows.getLong(1));
        }
      }
      try (ResultSet rows = statement.executeQuery(PRIMARY_KEY)) {
        rows.next();
        if (rows.getInt(1) == 0) {
          throw PostgresFailures.noPrimaryKey(where);
        }
      }
      transactions(statement, where);
    }
  }

  private static void transactions(Statement statement, String where)
      throws SQLException, RefusedException {
    try (ResultSet rows = statement.executeQuery(TRANSACTIONS)) {
      rows.next();
      long greatest = rows.getLong(1); // 0 if there is none
      long next = rows.getLong(2);
      if (greatest >= next) {
        throw PostgresFailures.ahead(where, greatest, next);
      }
    }
  }

  private static String user(Connection connection) throws SQLException {
    return connection.getMetaData().getUserName();
  }
}
