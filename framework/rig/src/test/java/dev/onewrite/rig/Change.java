package dev.onewrite.rig;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * By which part one of two quantities is higher that were measured side by side many times.
 *
 * @param estimate 0.1 is 10 % higher
 * @param low with {@code high}, where it is with 95 % probability
 */
record Change(double estimate, double low, double high) {

  static final Change UNKNOWN = new Change(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** 1.96 standard deviations to either side hold 95 %. */
  private static final double DEVIATIONS = 1.96;

  /**
   * Of the logarithms of the ratios of the pairs: the median of the means of each two of them
   * (Hodges and Lehmann), with the interval of the signed-rank test (Wilcoxon). Single pairs that
   * something else has disturbed, however much, hardly count.
   */
  static Change of(List<Double> ratios) {
    if (ratios.isEmpty()) {
      return UNKNOWN;
    }
    int count = ratios.size();
    double[] means = new double[count * (count + 1) / 2];
    int next = 0;
    for (int one = 0; one < count; one++) {
      for (int other = one; other < count; other++) {
        means[next++] = (ratios.get(one) + ratios.get(other)) / 2;
      }
    }
    Arrays.sort(means);
    double deviation = Math.sqrt(count * (count + 1.0) * (2 * count + 1) / 24);
    int outside = Math.max(0, (int) (means.length / 2.0 - DEVIATIONS * deviation));
    double median = (means[(means.length - 1) / 2] + means[means.length / 2]) / 2;
    return new Change(
        Math.expm1(median),
        Math.expm1(means[outside]),
        Math.expm1(means[means.length - 1 - outside]));
  }

  /** Neither way as much as {@code part}. */
  boolean isWithin(double part) {
    return low > -part && high < part;
  }

  /** It is clear whether it is less than {@code part}. */
  boolean isDecidedAt(double part) {
    return high < part || low > part;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%+.1f %% (%+.1f .. %+.1f %%)", estimate * 100, low * 100, high * 100);
  }
}
