package dev.onewrite.gateway;

/** What an {@link Authorizer} decided. */
public final class Decision {

  private static final Decision ALLOWED = new Decision(Kind.ALLOWED, "");

  enum Kind {
    ALLOWED,
    UNKNOWN,
    FORBIDDEN
  }

  private final Kind kind;
  private final String text;

  private Decision(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  public static Decision allow() {
    return ALLOWED;
  }

  /**
   * Nobody knows who calls: 401.
   *
   * @param challenge what {@code WWW-Authenticate} is to say, for example {@code Bearer}
   */
  public static Decision unknown(String challenge) {
    return new Decision(Kind.UNKNOWN, challenge);
  }

  /**
   * Whoever calls may not do this: 403.
   *
   * @param reason told to the caller
   */
  public static Decision forbid(String reason) {
    return new Decision(Kind.FORBIDDEN, reason);
  }

  Kind kind() {
    return kind;
  }

  String text() {
    return text;
  }
}
