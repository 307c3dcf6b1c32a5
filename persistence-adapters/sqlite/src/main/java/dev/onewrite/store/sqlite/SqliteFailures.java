package dev.onewrite.store.sqlite;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.store.jdbc.FailureKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean, and the errors that stop a start. */
final class SqliteFailures {

  /** A result code's lowest byte is its kind; what is above refines it. */
  private static final int KIND = 0xff;

  private SqliteFailures() {}

  static FailureKind kindOf(SQLException failure) {
    if (!(failure instanceof SQLiteException coded)) {
      return FailureKind.OTHER;
    }
    SQLiteErrorCode code = coded.getResultCode();
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
        || code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY) {
      return FailureKind.TAKEN;
    }
    int kind = code.code & KIND;
    if (kind == SQLiteErrorCode.SQLITE_CORRUPT.code || kind == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return FailureKind.DAMAGED;
    }
    boolean unavailable =
        kind == SQLiteErrorCode.SQLITE_BUSY.code
            || kind == SQLiteErrorCode.SQLITE_LOCKED.code
            || kind == SQLiteErrorCode.SQLITE_IOERR.code
            || kind == SQLiteErrorCode.SQLITE_READONLY.code
            || kind == SQLiteErrorCode.SQLITE_CANTOPEN.code;
    return unavailable ? FailureKind.UNAVAILABLE : FailureKind.OTHER;
  }

  static OnewriteException atStart(Path database, SQLException cause) {
    return switch (kindOf(cause)) {
      case DAMAGED -> notADatabase(database, cause);
      case UNAVAILABLE, TIMED_OUT, TAKEN, OTHER ->
          new RefusedException(
              "OW306",
              database
                  + " cannot be opened for writing: "
                  + cause.getMessage()
                  + ". Make the file and its directory writable by this user, see that no other"
                  + " program holds it, and start again.",
              cause);
    };
  }

  static RefusedException unusable(Path directory, Exception cause) {
    return new RefusedException(
        "OW306",
        "onewrite.directory "
            + directory
            + " cannot be created or written: "
            + cause
            + ". Make it writable by this user, or name another, and start again.",
        cause);
  }

  static RefusedException inUse(Path directory, String holder) {
    return new RefusedException(
        "OW305",
        "onewrite.directory "
            + directory
            + " is in use by "
            + holder
            + "; a directory belongs to one node at a time. Stop that one, or give this one a"
            + " directory of its own. A killed process leaves nothing behind to clean up.");
  }

  static RefusedException nothingThere(Path database) {
    return new RefusedException(
        "OW602",
        "There is no "
            + database
            + ", so there is no store to look at. Name the directory that the node has as"
            + " onewrite.directory.");
  }

  static RefusedException notMigrated(Path database, List<String> pending) {
    return new RefusedException(
        "OW602",
        "The tables of "
            + database
            + " are an earlier release's: of this one "
            + pending
            + " are missing. Looking changes nothing, so they stay as they are. Start the node once"
            + " with this release, or use the tools of its own.");
  }

  static RefusedException notSynced(Path database, String pragma, String found) {
    return new RefusedException(
        "OW304",
        "A commit to "
            + database
            + " would not be synced: "
            + pragma
            + ", found "
            + found
            + ". Put onewrite.directory on a local file system; network ones cannot keep a"
            + " write-ahead log.");
  }

  private static RefusedException notADatabase(Path database, SQLException cause) {
    return new RefusedException(
        "OW315",
        database
            + " is damaged or no SQLite database: "
            + cause.getMessage()
            + ". It was left as it is. Restore the directory from a backup, or name another"
            + " onewrite.directory.",
        cause);
  }
}
