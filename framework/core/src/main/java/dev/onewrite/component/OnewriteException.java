package dev.onewrite.component;

/**
 * A failure with a code. The code has a heading of its own in docs/errors.md that says what it
 * means and what to do; the message says it for the case at hand.
 *
 * <p>There are three kinds, and a caller decides by the kind: {@link RefusedException} (nothing
 * happened, and nothing will), {@link RetryableException} (try again, with the same request id),
 * {@link BrokenException} (something that must never be is; nothing was guessed).
 */
public abstract sealed class OnewriteException extends RuntimeException
    permits RefusedException, RetryableException, BrokenException {

  private final String code;

  OnewriteException(String code, String message, Throwable cause) {
    super(withCode(code, message), cause);
    this.code = code;
  }

  OnewriteException(String code, String message) {
    super(withCode(code, message));
    this.code = code;
  }

  /** For example {@code OW103}. */
  public final String code() {
    return code;
  }

  /** Code, what, where, the consequence and what to do. */
  @Override
  public final String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** An error that crossed a wire carries its code in its text already. */
  private static String withCode(String code, String message) {
    String prefix = "[" + code + "] ";
    return message.startsWith(prefix) ? message : prefix + message;
  }
}
