package dev.onewrite.rig;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** So many latencies at most, taken by many threads without any garbage. */
final class Latencies {

  private final long[] nanos;
  private final AtomicInteger count = new AtomicInteger();

  Latencies(int max) {
    nanos = new long[max];
  }

  void clear() {
    count.set(0);
  }

  void add(long latency) {
    int at = count.getAndIncrement();
    if (at < nanos.length) {
      nanos[at] = latency;
    }
  }

  /** How many came, also where that were too many. */
  int count() {
    return count.get();
  }

  /** What {@code part} of them are not above, to a hundredth of a millisecond. */
  double millis(double part) {
    long[] sorted = Arrays.copyOf(nanos, Math.min(count(), nanos.length));
    Arrays.sort(sorted);
    return Math.round(sorted[(int) (sorted.length * part)] / 1e4) / 1e2;
  }
}
