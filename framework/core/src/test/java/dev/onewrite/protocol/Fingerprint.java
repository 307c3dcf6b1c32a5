package dev.onewrite.protocol;

import dev.onewrite.journal.Position;
import org.jspecify.annotations.Nullable;

/** 128 bits of a state: with ten million states, two are the same by chance once in 10^24 runs. */
final class Fingerprint {

  private long high = 0x9E3779B97F4A7C15L;
  private long low = 0xC2B2AE3D27D4EB4FL;

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  void add(int value) {
    high = mix(high ^ value, 0xBF58476D1CE4E5B9L);
    low = mix(low + value, 0x94D049BB133111EBL);
  }

  void add(@Nullable Position position) {
    add(position == null ? -1 : (int) position.ordering() * 64 + position.redrive());
  }

  private static long mix(long value, long factor) {
    long mixed = (value ^ (value >>> 30)) * factor;
    return mixed ^ (mixed >>> 27);
  }
}
