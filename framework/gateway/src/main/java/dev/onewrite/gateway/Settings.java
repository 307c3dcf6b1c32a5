package dev.onewrite.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.onewrite.component.RefusedException;
import java.time.Duration;
import java.util.function.Function;

/** All of {@code onewrite.gateway { }}, read once and checked; reference.conf explains each key. */
record Settings(
    int bodyBytesMax,
    int depthMax,
    int headersMax,
    int headerBytesMax,
    int uriBytesMax,
    int connectionsMax,
    int connectionsPerClientMax,
    int streamsMax,
    int streamsPerClientMax,
    int ratePerSecond,
    int rateBurst,
    boolean trustForwardedFor,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration heartbeat,
    Duration reconnectAfter) {

  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * Reads {@code onewrite.gateway}.
   *
   * @throws RefusedException OW501 for the first value that is missing, of another kind or out of
   *     its range
   */
  static Settings read(Config all) {
    Reader reader = new Reader(all.getConfig("onewrite.gateway"));
    int connectionsMax = reader.number("connections-max", 1, 1_000_000);
    int streamsMax = reader.number("streams-max", 1, 1_000_000);
    Duration idleTimeout = reader.duration("idle-timeout", Duration.ofMillis(100), HOUR);
    return new Settings(
        reader.bytes("body-bytes-max", 1 << 10, 16 << 20),
        reader.number("depth-max", 2, 500),
        reader.number("headers-max", 8, 1_000),
        reader.bytes("header-bytes-max", 256, 64 << 10),
        reader.bytes("uri-bytes-max", 256, 64 << 10),
        connectionsMax,
        reader.number("connections-per-client-max", 1, 1_000_000),
        streamsMax,
        reader.number("streams-per-client-max", 1, 1_000_000),
        reader.number("rate-per-second", 1, 1_000_000),
        reader.number("rate-burst", 1, 1_000_000),
        reader.flag("trust-forwarded-for"),
        reader.duration("head-timeout", MILLI, HOUR),
        reader.duration("body-timeout", MILLI, HOUR),
        reader.duration("request-timeout", MILLI, HOUR),
        idleTimeout,
        reader.duration("heartbeat", MILLI, idleTimeout.dividedBy(2)),
        reader.duration("reconnect-after", MILLI, HOUR));
  }

  /** Reads values and names key, value and range where one does not fit. */
  private record Reader(Config config) {

    boolean flag(String key) {
      return value(key, config::getBoolean);
    }

    int number(String key, int min, int max) {
      return inRange(key, value(key, config::getInt), min, max);
    }

    int bytes(String key, int min, int max) {
      return inRange(key, value(key, config::getBytes), (long) min, (long) max).intValue();
    }

    Duration duration(String key, Duration min, Duration max) {
      return inRange(key, value(key, config::getDuration), min, max);
    }

    private <T> T value(String key, Function<String, T> get) {
      try {
        return get.apply(key);
      } catch (ConfigException e) {
        throw new RefusedException(
            "OW501", "onewrite.gateway." + key + " cannot be read: " + e.getMessage() + ".", e);
      }
    }

    private <T extends Comparable<T>> T inRange(String key, T value, T min, T max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new RefusedException(
            "OW501",
            "onewrite.gateway."
                + key
                + " is "
                + config.getValue(key).unwrapped()
                + "; it must be from "
                + min
                + " to "
                + max
                + ". The gateway did not start. reference.conf says what the key means.");
      }
      return value;
    }
  }
}
