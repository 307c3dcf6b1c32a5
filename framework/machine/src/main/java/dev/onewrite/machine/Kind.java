package dev.onewrite.machine;

/** What a state is. The builder sees COMPOUND in every state that has children. */
enum Kind {
  ATOMIC,
  COMPOUND,
  PARALLEL,
  FINAL,
  SHALLOW_HISTORY,
  DEEP_HISTORY;

  boolean isHistory() {
    return this == SHALLOW_HISTORY || this == DEEP_HISTORY;
  }
}
