package dev.onewrite.machine;

import java.util.List;

/** A definition has mistakes; all of them are listed, each with its place. No machine was made. */
public final class DefinitionException extends RuntimeException {
  /** The code of every definition exception. */
  public static final String CODE = "OW001";

  private final String machine;
  private final transient List<Mistake> mistakes;

  DefinitionException(String machine, List<Mistake> mistakes) {
    super(text(machine, mistakes));
    this.machine = machine;
    this.mistakes = List.copyOf(mistakes);
  }

  private static String text(String machine, List<Mistake> mistakes) {
    StringBuilder text =
        new StringBuilder("[" + CODE + "] machine '" + machine + "': the definition has ");
    text.append(mistakes.size()).append(mistakes.size() == 1 ? " mistake" : " mistakes");
    text.append(" and was refused. Mend each:");
    for (Mistake mistake : mistakes) {
      text.append("\n  - ").append(mistake);
    }
    return text.toString();
  }

  /** {@value #CODE}. */
  public String code() {
    return CODE;
  }

  /** The id of the machine that was to be defined. */
  public String machine() {
    return machine;
  }

  /** All mistakes, in document order. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
