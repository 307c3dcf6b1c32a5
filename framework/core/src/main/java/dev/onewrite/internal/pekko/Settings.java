package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import dev.onewrite.component.RefusedException;
import dev.onewrite.config.ConfigReader;
import dev.onewrite.spi.OutboxSettings;
import java.time.Duration;
import java.util.List;

/** All of {@code onewrite { }}, read once and checked; reference.conf explains each key. */
record Settings(
    String durability,
    Duration turnTimeout,
    Duration askTimeout,
    Duration passivateAfter,
    int snapshotEvery,
    int payloadBytesMax,
    int requestsRetained,
    Duration requestsRetainedFor,
    Duration requestsAheadMax,
    int waitingMax,
    int blockingThreads,
    int activitiesMax,
    Backoff restart,
    Duration deliveryTimeout,
    OutboxSettings outbox,
    Cluster cluster) {

  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** {@code onewrite.cluster}: of a system of our own, but for {@code allowPlaintext}. */
  record Cluster(
      boolean enabled,
      String host,
      int port,
      List<String> seedNodes,
      List<String> roles,
      int shards,
      Duration stableAfter,
      Duration joinWithin,
      boolean allowPlaintext) {}

  /** Doubling waits from the first to the longest. */
  record Backoff(Duration first, Duration max) {

    /** How long to wait after this many failures in a row (1 or more). */
    Duration delay(int failures) {
      long doubled = first.toMillis() << Math.min(failures - 1, 20);
      return doubled < max.toMillis() ? Duration.ofMillis(doubled) : max;
    }
  }

  /**
   * Reads {@code onewrite}.
   *
   * @throws RefusedException OW501 for the first value that is missing, of another kind or out of
   *     its range
   */
  static Settings read(Config onewrite) {
    ConfigReader reader = new ConfigReader(onewrite, "onewrite");
    return new Settings(
        reader.text("durability"),
        reader.duration("turn-timeout", MILLI, HOUR),
        reader.duration("ask-timeout", MILLI, HOUR),
        reader.duration("passivate-after", Duration.ofMillis(10), Duration.ofDays(7)),
        reader.number("snapshot-every", 1, 1_000_000),
        reader.bytes("payload-bytes-max", 1 << 10, 200 << 10),
        reader.number("requests-retained", 1, 100_000),
        reader.duration("requests-retained-for", Duration.ofMinutes(1), Duration.ofDays(3_650)),
        reader.duration("requests-ahead-max", Duration.ofSeconds(1), Duration.ofDays(1)),
        reader.number("waiting-max", 1, 1_000_000),
        reader.number("blocking-threads", 1, 10_000),
        reader.number("activities-max", 1, 10_000),
        backoff(reader, "restart"),
        reader.duration("outbox.delivery-timeout", MILLI, HOUR),
        outbox(reader),
        cluster(reader));
  }

  private static Cluster cluster(ConfigReader reader) {
    return new Cluster(
        reader.flag("cluster.enabled"),
        reader.text("cluster.host"),
        reader.number("cluster.port", 1, 65_535),
        reader.texts("cluster.seed-nodes"),
        reader.texts("cluster.roles"),
        reader.number("cluster.shards", 1, 10_000),
        reader.duration("cluster.stable-after", Duration.ofSeconds(1), Duration.ofMinutes(5)),
        reader.duration("cluster.join-within", Duration.ofSeconds(1), Duration.ofHours(1)),
        reader.flag("cluster.allow-plaintext"));
  }

  private static OutboxSettings outbox(ConfigReader reader) {
    Duration tenSeconds = Duration.ofSeconds(10);
    Backoff redelivery = backoff(reader, "outbox.redelivery");
    OutboxSettings.Redelivery policy =
        new OutboxSettings.Redelivery(
            redelivery.first(),
            redelivery.max(),
            reader.number("outbox.redelivery.report-after", 1, 1_000),
            reader.number("outbox.redelivery.attempts-max", 1, 1_000),
            reader.duration("outbox.redelivery.defer-after", MILLI, HOUR));
    return new OutboxSettings(
        reader.duration("outbox.flush-interval", MILLI, tenSeconds),
        reader.number("outbox.workers", 1, 1_024),
        reader.number("outbox.window", 1, 100_000),
        policy,
        reader.number("outbox.offset-every", 1, 100_000),
        reader.duration("outbox.offset-within", MILLI, tenSeconds));
  }

  private static Backoff backoff(ConfigReader reader, String key) {
    Duration first = reader.duration(key + ".first", MILLI, HOUR);
    return new Backoff(first, reader.duration(key + ".max", first, HOUR));
  }
}
