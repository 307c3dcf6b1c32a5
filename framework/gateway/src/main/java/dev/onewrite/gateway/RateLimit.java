package dev.onewrite.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Who asks how often: a bucket of tokens for each client, which fills as time goes by. */
final class RateLimit {

  /**
   * 10,000 clients. Of more the one not seen for longest is forgotten: its bucket is full again.
   */
  static final int CLIENTS_MAX = 10_000;

  private static final double NANOS = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > CLIENTS_MAX;
        }
      };

  private static final class Bucket {
    private double tokens;
    private long filled;
  }

  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /** Whether {@code client} may do one more thing now. */
  synchronized boolean take(String client) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(client);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = perSecond;
      bucket.filled = now;
      buckets.put(client, bucket);
    }
    bucket.tokens = Math.min(perSecond, bucket.tokens + (now - bucket.filled) / NANOS * perSecond);
    bucket.filled = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }
}
