package dev.onewrite.component;

/**
 * Where a message goes: one entity of one component.
 *
 * @param component the component's name; 1 to {@value #LENGTH_MAX} characters, without {@code |}
 * @param entityId the entity's id; 1 to {@value #LENGTH_MAX} characters
 */
public record Address(String component, String entityId) {

  /** 200. Two of them and a bar stay under what every store takes as a key (PostgreSQL, MySQL). */
  public static final int LENGTH_MAX = 200;

  private static final char BAR = '|';

  /**
   * Checks both parts.
   *
   * @throws RefusedException OW101 if a part is empty, too long or has a character that cannot be
   *     stored
   */
  public Address {
    checkName("component name", component);
    checkId("entity id", entityId);
  }

  /** The key of this entity's history: {@code component|entityId}. */
  public String persistenceId() {
    return component + BAR + entityId;
  }

  /**
   * The address whose history has this key.
   *
   * @throws RefusedException OW101 if {@code persistenceId} is not of the form {@link
   *     #persistenceId()} gives
   */
  public static Address ofPersistenceId(String persistenceId) {
    int bar = persistenceId.indexOf(BAR);
    if (bar < 0) {
      throw new RefusedException(
          "OW101",
          "\"" + persistenceId + "\" is not a persistence id. Expected component|entityId.");
    }
    return new Address(persistenceId.substring(0, bar), persistenceId.substring(bar + 1));
  }

  static void checkName(String what, String name) {
    checkId(what, name);
    if (name.indexOf(BAR) >= 0) {
      throw invalid(what, name, "has a '|', which parts the component's name from the entity id");
    }
  }

  /** Refuses an id that stores cannot keep, with OW101. */
  public static void checkId(String what, String id) {
    if (id.isEmpty()) {
      throw invalid(what, id, "is empty");
    }
    if (id.length() > LENGTH_MAX) {
      throw invalid(what, id.substring(0, 20) + "...", "has " + id.length() + " characters");
    }
    if (id.indexOf('\0') >= 0) {
      throw invalid(what, id.replace('\0', '?'), "has a NUL character, which stores cannot keep");
    }
    if (!isWellFormed(id)) {
      throw invalid(what, "?", "has half a surrogate pair, which UTF-8 cannot keep");
    }
  }

  private static boolean isWellFormed(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < id.length()
              && Character.isLowSurrogate(id.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static RefusedException invalid(String what, String id, String flaw) {
    return new RefusedException(
        "OW101",
        "The "
            + what
            + " \""
            + id
            + "\" "
            + flaw
            + ". Nothing was sent. Use 1 to "
            + LENGTH_MAX
            + " characters, none of them NUL, and no '|' in a component's name.");
  }

  @Override
  public String toString() {
    return persistenceId();
  }
}
