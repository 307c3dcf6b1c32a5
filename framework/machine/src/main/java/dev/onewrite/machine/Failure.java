package dev.onewrite.machine;

import java.util.Objects;

/**
 * Why an activity failed, as data: what {@code onError} transitions are given. It holds no {@link
 * Throwable}, so that it can be stored and compared.
 *
 * @param kind what went wrong in one word, for guards to compare: {@link #TIMEOUT}, or a name of
 *     the caller's
 * @param message for people
 */
public record Failure(String kind, String message) {
  /** The kind given when an activity's time-out passes first. */
  public static final String TIMEOUT = "timeout";

  public Failure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
  }

  /** The failure that {@code error} stands for: its simple class name and its message. */
  public static Failure of(Throwable error) {
    String message = error.getMessage();
    return new Failure(error.getClass().getSimpleName(), message == null ? "" : message);
  }
}
