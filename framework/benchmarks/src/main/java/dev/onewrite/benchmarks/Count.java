package dev.onewrite.benchmarks;

/** The context of every chart, in every library: how many transitions were taken. */
record Count(long value) {
  static final Count ZERO = new Count(0);

  Count next() {
    return new Count(value + 1);
  }
}
