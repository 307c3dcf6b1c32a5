package dev.onewrite.store.postgres;

import dev.onewrite.component.RefusedException;
import dev.onewrite.store.jdbc.FailureKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What PostgreSQL's error codes mean, and the errors that stop a start. */
final class PostgresFailures {

  private static final String UNIQUE_VIOLATION = "23505";

  /** By statement_timeout, or by an operator. */
  private static final String STATEMENT_CANCELLED = "57014";

  /**
   * Classes of codes that say nothing about one row: connection, authorization, resources, operator
   * intervention (shutdown), system.
   */
  private static final Set<String> CONCERNS_ALL = Set.of("08", "28", "53", "57", "58");

  /** A server that takes no writes, a transaction it ended because nobody went on with it. */
  private static final Set<String> CONCERNS_ALL_TOO = Set.of("25006", "25P03", "25P04");

  private static final String DATA_CORRUPTED = "XX001";
  private static final String INDEX_CORRUPTED = "XX002";

  private PostgresFailures() {}

  static FailureKind kindOf(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null || state.length() < 2) {
      return FailureKind.OTHER;
    }
    if (state.equals(UNIQUE_VIOLATION)) {
      return FailureKind.TAKEN;
    }
    if (state.equals(STATEMENT_CANCELLED)) {
      return FailureKind.TIMED_OUT;
    }
    if (state.equals(DATA_CORRUPTED) || state.equals(INDEX_CORRUPTED)) {
      return FailureKind.DAMAGED;
    }
    // A deadlock or a lock that does not come free is of one row: its neighbours go on without it.
    return CONCERNS_ALL.contains(state.substring(0, 2)) || CONCERNS_ALL_TOO.contains(state)
        ? FailureKind.UNAVAILABLE
        : FailureKind.OTHER;
  }

  static RefusedException setting(String key, String text) {
    return new RefusedException(
        "OW320",
        "onewrite.postgres."
            + key
            + " "
            + text
            + ". The node did not start. reference.conf of the store says what the key means.");
  }

  static RefusedException notSynced(String where, String setting, String mend) {
    return new RefusedException(
        "OW321",
        "A commit to "
            + where
            + " would not be synced: "
            + setting
            + " is off there, so what was acknowledged could be lost. "
            + mend
            + ", and start again.");
  }

  static RefusedException standby(String where) {
    return new RefusedException(
        "OW322",
        where
            + " is a standby and takes no writes. Name the primary in onewrite.postgres.url, or all"
            + " hosts (jdbc:postgresql://ONE,TWO/DATABASE): then the primary is found.");
  }

  static RefusedException cached(String where, String sequence, long cache) {
    return new RefusedException(
        "OW323",
        "The sequence "
            + sequence
            + " in "
            + where
            + " hands out "
            + cache
            + " numbers a connection at once, so the journal's ordering would not rise with the"
            + " sequence numbers of a history. Run: alter sequence "
            + sequence
            + " cache 1; and start again.");
  }

  static RefusedException noSequence(String where) {
    return new RefusedException(
        "OW323",
        "The column journal.ordering in "
            + where
            + " has no sequence of its own, so nothing could be journaled. Run: alter table journal"
            + " alter column ordering add generated always as identity; set it above the greatest"
            + " ordering, and start again.");
  }

  static RefusedException noPrimaryKey(String where) {
    return new RefusedException(
        "OW324",
        "The table journal in "
            + where
            + " has no valid primary key (persistence_id, sequence_number). It alone keeps two nodes"
            + " from writing one history. Run: alter table journal add primary key"
            + " (persistence_id, sequence_number); if that finds duplicates, restore a backup.");
  }

  static RefusedException ahead(String where, long greatest, long next) {
    return new RefusedException(
        "OW325",
        "The journal in "
            + where
            + " holds transaction "
            + greatest
            + ", and the database cluster is only at "
            + next
            + ": a dump was restored into a new cluster. New rows would stand behind old ones and"
            + " never be delivered. Stop all nodes, run restored.sql of this store (see"
            + " docs/postgres.md, Restoring), and start again.");
  }

  static RefusedException unreachable(String where, SQLException cause) {
    return new RefusedException(
        "OW326",
        where
            + " cannot be used: "
            + cause.getMessage()
            + " (SQLState "
            + cause.getSQLState()
            + "). See that the server runs, that onewrite.postgres.url, user and password are"
            + " right and that the user may do what docs/postgres.md lists, and start again.",
        cause);
  }

  static RefusedException notMigrated(String where, List<String> pending, String user) {
    return new RefusedException(
        "OW327",
        "The tables of "
            + where
            + " are not this release's: "
            + pending
            + " still to be applied, and onewrite.postgres.migrate is validate. Run, as a user that"
            + " owns the schema and not as "
            + user
            + ": java -cp CLASSPATH dev.onewrite.store.postgres.ApplyMigrations with the same"
            + " configuration, and start again.");
  }

  static RefusedException tooOld(String where, int version) {
    return new RefusedException(
        "OW329",
        where
            + " is PostgreSQL "
            + version
            + ". The store is tested with 14 to 18 and needs 14 at least. Upgrade the server.");
  }
}
