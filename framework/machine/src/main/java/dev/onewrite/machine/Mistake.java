package dev.onewrite.machine;

/**
 * One mistake in a definition.
 *
 * @param kind what sort of mistake
 * @param place where: the path of the state, and the transition if it is about one
 * @param text what was found, what follows from it and how to mend it
 */
public record Mistake(Kind kind, String place, String text) {

  /**
   * The sorts of mistakes. A tolerable one can be allowed with {@link MachineBuilder#allow}; all
   * others never.
   */
  public enum Kind {
    NO_STATES(false),
    UNDECLARED_CONSTANT(false),
    DUPLICATE_STATE(false),
    UNKNOWN_STATE(false),
    MISSING_INITIAL(false),
    WRONG_INITIAL(false),
    WRONG_HISTORY(false),
    WRONG_TARGETS(false),
    FINAL_NOT_FINAL(false),
    WRONG_PLACE(false),
    DUPLICATE_ACTIVITY(false),
    DUPLICATE_AFTER(false),
    WRONG_DELAY(false),
    ENDLESS_ALWAYS(false),
    WRONG_EVOLUTION(false),
    UNREACHABLE_STATE(true),
    UNREACHABLE_TRANSITION(true),
    USELESS_TRANSITION(true),
    UNHANDLED_EVENT(true);

    private final boolean tolerable;

    Kind(boolean tolerable) {
      this.tolerable = tolerable;
    }

    /**
     * Whether a machine with this mistake still has one clear meaning, so that a definition may
     * allow it.
     */
    public boolean tolerable() {
      return tolerable;
    }
  }

  @Override
  public String toString() {
    return kind + " at " + place + ": " + text;
  }
}
