package dev.onewrite.machine;

/** Sets of node indexes as words of 64 bits: what a configuration is inside. */
final class Bits {
  private Bits() {}

  static long[] none(int size) {
    return new long[(size + 63) >>> 6];
  }

  static boolean has(long[] set, int index) {
    return (set[index >>> 6] & (1L << index)) != 0;
  }

  static void add(long[] set, int index) {
    set[index >>> 6] |= 1L << index;
  }

  static void remove(long[] set, int index) {
    set[index >>> 6] &= ~(1L << index);
  }

  static boolean meet(long[] one, long[] other) {
    for (int word = 0; word < one.length; word++) {
      if ((one[word] & other[word]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The first member at or after {@code from}, or -1. */
  static int next(long[] set, int from) {
    int word = from >>> 6;
    if (word >= set.length) {
      return -1;
    }
    long bits = set[word] & (-1L << from);
    while (bits == 0) {
      word++;
      if (word == set.length) {
        return -1;
      }
      bits = set[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** The last member at or before {@code from}, or -1. */
  static int previous(long[] set, int from) {
    if (from < 0) {
      return -1;
    }
    int word = from >>> 6;
    long bits = set[word] & (-1L >>> (63 - (from & 63)));
    while (bits == 0) {
      word--;
      if (word < 0) {
        return -1;
      }
      bits = set[word];
    }
    return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
  }

  /** Whether any of {@code first..last} is a member. */
  static boolean anyIn(long[] set, int first, int last) {
    int found = next(set, first);
    return found >= 0 && found <= last;
  }
}
