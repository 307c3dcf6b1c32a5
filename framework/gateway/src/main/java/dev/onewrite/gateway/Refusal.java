package dev.onewrite.gateway;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller is told instead of an answer. */
final class Refusal extends RuntimeException {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite.gateway");

  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  /** 1 s. An entity that restarts is back by then, mostly; the client waits longer each time. */
  private static final String RETRY_AFTER_SECONDS = "1";

  private final int status;
  private final String code;
  private final String title;

  private final Map<String, String> headers;

  Refusal(int status, String code, String title, String detail) {
    this(status, code, title, detail, retryAfter(status));
  }

  private Refusal(
      int status, String code, String title, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.title = title;
    this.headers = headers;
  }

  private static Map<String, String> retryAfter(int status) {
    boolean again = status == UNAVAILABLE || status == TOO_MANY;
    return again ? Map.of("Retry-After", RETRY_AFTER_SECONDS) : Map.of();
  }

  /** The same, with a header that says more to who called. */
  Refusal with(String header, String value) {
    return new Refusal(status, code, title, detail(), Map.of(header, value));
  }

  Map<String, String> headers() {
    return headers;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String title() {
    return title;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /**
   * Of whatever went wrong. What an author or a node says of itself (exceptions of handlers, of a
   * database) is for the log: it may name what is nobody's business.
   */
  static Refusal of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof Refusal known) {
      return known;
    }
    if (cause instanceof RefusedException refused) {
      return ofRefused(refused);
    }
    if (cause instanceof OnewriteException other) {
      return ofOther(other);
    }
    LOG.error("The gateway failed", cause);
    return Trouble.FAILED.refusal("The log of this node has the reason.");
  }

  /** What a stage failed with, without the wrapping that stages add. */
  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Of an authorizer that did not decide: nothing is allowed. */
  static Refusal undecided(Call call, @Nullable Throwable failure) {
    LOG.error("The authorizer did not decide on {}", call, failure);
    return Trouble.UNDECIDED.refusal("The log of this node has the reason.");
  }

  private static Refusal ofRefused(RefusedException refused) {
    String text = refused.getMessage().substring(refused.code().length() + 3);
    return switch (refused.code()) {
      case "OW101" -> refused(400, refused, text);
      case "OW102" -> refused(413, refused, text);
      case "OW106" ->
          refused(
              UNPROCESSABLE,
              refused,
              "The handler threw, and nothing of its turn is journaled. The node's log has more.");
      case "OW107" -> retryable(refused, "The turn took too long; nothing of it is journaled.");
      case "OW109" -> refused(CONFLICT, refused, text);
      default -> refused(UNPROCESSABLE, refused, text);
    };
  }

  private static Refusal refused(int status, RefusedException refused, String detail) {
    return new Refusal(status, refused.code(), "The message was refused", detail);
  }

  private static Refusal ofOther(OnewriteException other) {
    if (other instanceof RetryableException) {
      return retryable(
          other,
          "Whether it was taken is unknown, or the moment was bad. Make the call again, with the"
              + " same Idempotency-Key if it had one: what was journaled counts once.");
    }
    LOG.error("A call met something broken", other);
    return new Refusal(
        FAILED,
        other.code(),
        "Something is broken",
        "Nothing was guessed. The log of this node has the reason.");
  }

  private static Refusal retryable(OnewriteException failure, String detail) {
    LOG.warn("A call was not answered: {}", failure.getMessage());
    return new Refusal(UNAVAILABLE, failure.code(), "Again, later", detail);
  }
}
