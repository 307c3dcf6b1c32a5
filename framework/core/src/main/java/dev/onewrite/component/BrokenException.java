package dev.onewrite.component;

/**
 * An invariant does not hold: a damaged row, a history that ends early, a type nobody registered.
 * Nothing was guessed.
 */
public final class BrokenException extends OnewriteException {

  public BrokenException(String code, String message) {
    super(code, message);
  }

  public BrokenException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
