package dev.onewrite.gateway;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** How much each client has of what there is: requests of a second, open streams. */
final class Clients {

  /** 10,000. Of more addresses those not seen for longest are forgotten, at 100 bytes each. */
  private static final int TRACKED_MAX = 10_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Settings settings;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Integer> streams = new HashMap<>();
  private int streamsOpen;

  Clients(Settings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** A bucket that fills with time, up to the burst; each request takes one out. */
  private static final class Bucket {
    double left;
    long at;
  }

  /** An open stream; closed once, whoever does it. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Counts a request.
   *
   * @throws Refusal if there were too many
   */
  synchronized void request(String client) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(client);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.left = settings.rateBurst();
      bucket.at = now;
      buckets.put(client, bucket);
      forgetOldest();
    }
    double filled = bucket.left + (now - bucket.at) / NANOS_PER_SECOND * settings.ratePerSecond();
    bucket.left = Math.min(settings.rateBurst(), filled);
    bucket.at = now;
    if (bucket.left < 1) {
      throw Trouble.TOO_OFTEN.refusal(
          "From here may come "
              + settings.ratePerSecond()
              + " requests a second, and "
              + settings.rateBurst()
              + " at once.");
    }
    bucket.left--;
  }

  private void forgetOldest() {
    if (buckets.size() > TRACKED_MAX) {
      Iterator<String> oldest = buckets.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /**
   * Counts a stream until it is closed.
   *
   * @throws Refusal if there are too many
   */
  synchronized Lease stream(String client) {
    int has = streams.getOrDefault(client, 0);
    if (has >= settings.streamsPerClientMax() || streamsOpen >= settings.streamsMax()) {
      throw Trouble.TOO_MANY_STREAMS.refusal(
          "So many event streams are open: "
              + has
              + " from here, of "
              + settings.streamsPerClientMax()
              + "; "
              + streamsOpen
              + " in all, of "
              + settings.streamsMax()
              + ".");
    }
    streams.put(client, has + 1);
    streamsOpen++;
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        closed(client);
      }
    };
  }

  private synchronized void closed(String client) {
    streams.computeIfPresent(client, (c, has) -> has == 1 ? null : has - 1);
    streamsOpen--;
  }
}
