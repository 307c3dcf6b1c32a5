package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.machine.MachineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers are told of what went wrong in an entity. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");

  private static final String TOO_LATE = "OW107";

  private Failures() {}

  /** The failure of a handler: its own if it has a code, else OW106. */
  static OnewriteException ofHandler(Address entity, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof OnewriteException known) {
      return known;
    }
    LOG.warn("A turn of {} failed, nothing of it is journaled", entity, cause);
    if (cause instanceof MachineException machine) {
      return new RefusedException(machine.code(), String.valueOf(machine.getMessage()), machine);
    }
    return new RefusedException(
        "OW106",
        "A handler of "
            + entity
            + " threw "
            + cause
            + ". Nothing of its turn is journaled. The log of this node has the stack.",
        cause);
  }

  /**
   * Whether nothing was decided about a message: the handler took too long, or says that it can be
   * tried again, or that something is broken. Only what is refused counts against a message.
   */
  static boolean isSilence(OnewriteException failure) {
    return failure instanceof RetryableException
        || failure instanceof BrokenException
        || failure.code().equals(TOO_LATE);
  }

  /** The failure of a recovery: what the journal said, where Pekko wrapped it, else OW208. */
  static OnewriteException ofRecovery(Address entity, Throwable failure) {
    return coded(failure)
        .orElseGet(
            () ->
                new BrokenException(
                    "OW208",
                    entity
                        + " could not read its journal: "
                        + failure
                        + ". It tries again, later and later.",
                    failure));
  }

  static RefusedException tooLate(Address entity, Duration timeout) {
    return new RefusedException(
        TOO_LATE,
        "The turn of "
            + entity
            + " was open for longer than "
            + timeout
            + ". Nothing of it is journaled. Make the handler quicker, or give the component a"
            + " longer turnTimeout(...).");
  }

  static BrokenException endsEarly(Address entity, long last, long read) {
    return new BrokenException(
        "OW206",
        "The history of "
            + entity
            + " ends at row "
            + last
            + " and only "
            + read
            + " of its batches could be read. The entity refuses to run on it. Restore the missing"
            + " rows from a backup.");
  }

  static RetryableException behind(Address entity, long read, long written) {
    return new RetryableException(
        "OW140",
        entity
            + " has read its history up to row "
            + read
            + " and it has a row "
            + written
            + ". It reads the history again before it answers.");
  }

  /** What a stage failed with, without the wrapping that stages add. */
  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Pekko and the JDK wrap what a journal or a machine said. */
  private static Optional<OnewriteException> coded(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OnewriteException known) {
        return Optional.of(known);
      }
      if (cause instanceof MachineException machine) {
        return Optional.of(
            new BrokenException(machine.code(), String.valueOf(machine.getMessage()), machine));
      }
    }
    return Optional.empty();
  }
}
