package dev.onewrite.store.jdbc;

import dev.onewrite.component.BrokenException;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;

/** The coded errors of a store on a database. Each code has a heading in docs/errors.md. */
final class Failures {

  private final String where;

  /** {@code where} names the store in each error. */
  Failures(String where) {
    this.where = where;
  }

  OnewriteException taken(Write write, Throwable cause) {
    return new RefusedException(
        "OW301",
        "Nothing of "
            + write.subject()
            + " was written: another writer holds one of these sequence numbers in "
            + where
            + ". The history stands as that writer left it; read it again before going on.",
        cause);
  }

  OnewriteException unknown(Write write, Throwable cause) {
    return new RetryableException(
        "OW302",
        "Whether "
            + write.subject()
            + " is in "
            + where
            + " is unknown: the commit was not confirmed ("
            + text(cause)
            + "). Read the history and go on from there; it holds all of it or nothing.",
        cause);
  }

  OnewriteException full(Write write) {
    return new RetryableException(
        "OW303",
        "Nothing of "
            + write.subject()
            + " was written: "
            + WriteQueue.WAITING_MAX
            + " writes or "
            + (WriteQueue.WAITING_BYTES_MAX >> 20)
            + " MiB are waiting for "
            + where
            + " already. Retry later; if it lasts, the disk is slower than the load.");
  }

  OnewriteException notWritten(Write write, Throwable cause) {
    return new RetryableException(
        "OW307",
        "Nothing of "
            + write.subject()
            + " was written to "
            + where
            + ": "
            + text(cause)
            + ". Retry once that is mended; nothing needs repair.",
        cause);
  }

  OnewriteException behind(Write write) {
    return new RetryableException(
        "OW308",
        "Nothing of "
            + write.subject()
            + " was written to "
            + where
            + ": a write before it to the same history failed, and its rows would have left a gap."
            + " Read the history and go on from there.");
  }

  OnewriteException closed(String subject) {
    return new RetryableException(
        "OW309",
        subject + " came too late: " + where + " is closed. Retry when the node is up again.");
  }

  OnewriteException unreadable(String subject, Throwable cause) {
    return new RetryableException(
        "OW310",
        subject + " could not be read from " + where + ": " + text(cause) + ". Retry.",
        cause);
  }

  OnewriteException damaged(String subject, Throwable cause) {
    return new BrokenException(
        "OW311",
        where
            + " is damaged; "
            + subject
            + " was not to be had ("
            + text(cause)
            + "). Stop the node and restore it from a backup.",
        cause);
  }

  OnewriteException wrongThread(String subject) {
    return new RefusedException(
        "OW312",
        subject
            + " was called on the committing thread of "
            + where
            + ", which would wait for itself. Call it from another thread than a commit listener's"
            + " or a completed append's.");
  }

  OnewriteException readOnly(Write write) {
    return new RefusedException(
        "OW601",
        write.subject()
            + " was not written: "
            + where
            + " is open beside its node, for reading. What runs on it is the node's to write.");
  }

  OnewriteException mixed(String first, String second) {
    return new RefusedException(
        "OW313",
        "One append holds rows of one history, not of '" + first + "' and '" + second + "'.");
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getName() : message;
  }
}
