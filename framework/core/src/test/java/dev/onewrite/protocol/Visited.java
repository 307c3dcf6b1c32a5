package dev.onewrite.protocol;

import java.util.Arrays;

/** The states seen, by fingerprint, each with how it was come by. */
final class Visited {

  private long[] highs = new long[1 << 12];
  private long[] lows = new long[1 << 12];
  private int[] parents = new int[1 << 12];
  private short[] choices = new short[1 << 12];
  private int[] table = empty(1 << 14);
  private int size;

  private static int[] empty(int length) {
    int[] table = new int[length];
    Arrays.fill(table, -1);
    return table;
  }

  int size() {
    return size;
  }

  int parent(int number) {
    return parents[number];
  }

  int choice(int number) {
    return choices[number];
  }

  /** Whether it is new. */
  boolean add(Fingerprint print, int parent, int choice) {
    int slot = slot(table, print.high(), print.low());
    if (table[slot] >= 0) {
      return false;
    }
    if (size == highs.length) {
      highs = Arrays.copyOf(highs, size * 2);
      lows = Arrays.copyOf(lows, size * 2);
      parents = Arrays.copyOf(parents, size * 2);
      choices = Arrays.copyOf(choices, size * 2);
    }
    highs[size] = print.high();
    lows[size] = print.low();
    parents[size] = parent;
    choices[size] = (short) choice;
    table[slot] = size++;
    if (size * 2 > table.length) {
      grow();
    }
    return true;
  }

  private int slot(int[] in, long high, long low) {
    int slot = (int) low & in.length - 1;
    while (in[slot] >= 0 && (highs[in[slot]] != high || lows[in[slot]] != low)) {
      slot = slot + 1 & in.length - 1;
    }
    return slot;
  }

  private void grow() {
    int[] larger = empty(table.length * 2);
    for (int number = 0; number < size; number++) {
      larger[slot(larger, highs[number], lows[number])] = number;
    }
    table = larger;
  }
}
