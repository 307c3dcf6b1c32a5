package dev.onewrite.internal.pekko;

import dev.onewrite.component.BrokenException;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request comes to: data, so that it can cross a wire.
 *
 * @param payload what the handler replied; null if nothing, or if it failed
 * @param failure why it failed; null if the turn is committed
 */
record Reply(@Nullable Payload payload, @Nullable Failure failure) implements Wire {

  /** An exception as data. */
  record Failure(Kind kind, String code, String message) {
    OnewriteException toException() {
      return switch (kind) {
        case REFUSED -> new RefusedException(code, message);
        case RETRYABLE -> new RetryableException(code, message);
        case BROKEN -> new BrokenException(code, message);
      };
    }
  }

  /** The three kinds of {@link OnewriteException}. */
  enum Kind {
    REFUSED,
    RETRYABLE,
    BROKEN
  }

  static Reply of(Optional<Payload> payload) {
    return new Reply(payload.orElse(null), null);
  }

  static Reply failed(OnewriteException e) {
    Kind kind =
        e instanceof RefusedException
            ? Kind.REFUSED
            : e instanceof RetryableException ? Kind.RETRYABLE : Kind.BROKEN;
    return new Reply(null, new Failure(kind, e.code(), e.getMessage()));
  }
}
