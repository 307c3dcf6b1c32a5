package dev.onewrite.demo;

import java.util.Arrays;

/**
 * How long forms took at a steady rate, in milliseconds.
 *
 * @param committedToAudited from the answer to a submission, which comes after its commit, to the
 *     first sight of the audit entity's committed state with it: both are durable
 * @param calledToAnswered from the call to that answer, the registry's time included
 * @param calledToAudited the two together
 */
record Latencies(
    int perSecond,
    int forms,
    Spread committedToAudited,
    Spread calledToAnswered,
    Spread calledToAudited) {

  /** Of many durations: the median, the 99th percentile and the longest. */
  record Spread(double median, double p99, double longest) {

    /** Nearest rank, of at least one duration. */
    static Spread ofNanos(long[] durations) {
      long[] sorted = durations.clone();
      Arrays.sort(sorted);
      return new Spread(rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1));
    }

    private static double rank(long[] sorted, double share) {
      int index = (int) Math.ceil(share * sorted.length) - 1;
      return Math.round(sorted[Math.max(index, 0)] / 1e4) / 1e2;
    }
  }
}
