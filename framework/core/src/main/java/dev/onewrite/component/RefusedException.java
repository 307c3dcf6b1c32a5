package dev.onewrite.component;

/**
 * The call was not taken: nothing was journaled and nothing will be. Doing the same again gives the
 * same answer.
 */
public final class RefusedException extends OnewriteException {

  public RefusedException(String code, String message) {
    super(code, message);
  }

  public RefusedException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
