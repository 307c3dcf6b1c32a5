package dev.onewrite.machine;

/**
 * A machine was asked for something it cannot do. The text names the machine, the place, the
 * consequence and the mend; {@link #code()} leads to the explanation.
 */
public final class MachineException extends RuntimeException {
  private final String code;
  private final String machine;

  MachineException(String code, String machine, String text) {
    super("[" + code + "] machine '" + machine + "': " + text);
    this.code = code;
    this.machine = machine;
  }

  /** The stable code, {@code OW0..}. */
  public String code() {
    return code;
  }

  /** The id of the machine. */
  public String machine() {
    return machine;
  }
}
