package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.spi.OutboxSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

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
    int waitingMax,
    int blockingThreads,
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
    Reader reader = new Reader(onewrite);
    return new Settings(
        reader.text("durability"),
        reader.duration("turn-timeout", MILLI, HOUR),
        reader.duration("ask-timeout", MILLI, HOUR),
        reader.duration("passivate-after", Duration.ofMillis(10), Duration.ofDays(7)),
        reader.number("snapshot-every", 1, 1_000_000),
        reader.bytes("payload-bytes-max", 1 << 10, 200 << 10),
        reader.number("requests-retained", 1, 100_000),
        reader.duration("requests-retained-for", Duration.ofMinutes(1), Duration.ofDays(3_650)),
        reader.number("waiting-max", 1, 1_000_000),
        reader.number("blocking-threads", 1, 10_000),
        reader.backoff("restart"),
        reader.duration("outbox.delivery-timeout", MILLI, HOUR),
        outbox(reader),
        cluster(reader));
  }

  private static Cluster cluster(Reader reader) {
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

  private static OutboxSettings outbox(Reader reader) {
    Duration tenSeconds = Duration.ofSeconds(10);
    Backoff redelivery = reader.backoff("outbox.redelivery");
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

  /** Reads values and names key, value and range where one does not fit. */
  private record Reader(Config config) {

    String text(String key) {
      return value(key, config::getString);
    }

    boolean flag(String key) {
      return value(key, config::getBoolean);
    }

    List<String> texts(String key) {
      return List.copyOf(value(key, config::getStringList));
    }

    Duration duration(String key, Duration min, Duration max) {
      return inRange(key, value(key, config::getDuration), min, max);
    }

    int number(String key, int min, int max) {
      return inRange(key, value(key, config::getInt), min, max);
    }

    int bytes(String key, int min, int max) {
      return inRange(key, value(key, config::getBytes), (long) min, (long) max).intValue();
    }

    Backoff backoff(String key) {
      Duration first = duration(key + ".first", MILLI, HOUR);
      return new Backoff(first, duration(key + ".max", first, HOUR));
    }

    private <T> T value(String key, Function<String, T> get) {
      try {
        return get.apply(key);
      } catch (ConfigException e) {
        throw new RefusedException(
            "OW501", "onewrite." + key + " cannot be read: " + e.getMessage() + ".", e);
      }
    }

    private <T extends Comparable<T>> T inRange(String key, T value, T min, T max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new RefusedException(
            "OW501",
            "onewrite."
                + key
                + " is "
                + config.getValue(key).unwrapped()
                + "; it must be from "
                + min
                + " to "
                + max
                + ". The node did not start. reference.conf says what the key means.");
      }
      return value;
    }
  }
}
