package dev.onewrite.component;

/**
 * The outcome is unknown or the moment was bad. Call again with the same request id: the first
 * answer comes back if there was one.
 */
public final class RetryableException extends OnewriteException {

  public RetryableException(String code, String message) {
    super(code, message);
  }

  public RetryableException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
