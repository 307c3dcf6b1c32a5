package dev.onewrite.machine;

/** An event of a case: its name is all there is. */
record CaseEvent(String name) {

  /**
   * Whole dot-separated tokens: {@code foo}, {@code foo.} and {@code foo.*} match {@code foo} and
   * {@code foo.bar}.
   */
  static boolean matches(String descriptor, String name) {
    if (descriptor.equals("*")) {
      return true;
    }
    String prefix = descriptor;
    if (prefix.endsWith(".*")) {
      prefix = prefix.substring(0, prefix.length() - 2);
    } else if (prefix.endsWith(".")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    return name.equals(prefix) || name.startsWith(prefix + ".");
  }
}
