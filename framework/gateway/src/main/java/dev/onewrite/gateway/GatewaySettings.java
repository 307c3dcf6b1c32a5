package dev.onewrite.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.onewrite.component.RefusedException;
import java.time.Duration;
import java.util.function.Function;

/** All of {@code onewrite.gateway}, read once and checked; reference.conf explains each key. */
record GatewaySettings(
    int bodyBytesMax,
    int jsonDepthMax,
    int headersMax,
    int headerBytesMax,
    Duration requestWithin,
    Duration bodyWithin,
    int connectionsMax,
    int requestsPerSecond,
    int streamsMax,
    int streamsPerClientMax,
    Duration streamLifetime,
    Duration heartbeat,
    Duration stateWithin) {

  private static final Duration SHORTEST = Duration.ofMillis(100);

  /**
   * Reads {@code onewrite.gateway}.
   *
   * @throws RefusedException OW701 for the first value that is of another kind or out of its range
   */
  static GatewaySettings read(Config gateway) {
    Reader reader = new Reader(gateway);
    return new GatewaySettings(
        reader.bytes("body-bytes-max", 1 << 10, 1 << 20),
        reader.number("json-depth-max", 1, 500),
        reader.number("headers-max", 8, 1_000),
        reader.bytes("header-bytes-max", 256, 64 << 10),
        reader.duration("request-within", SHORTEST, Duration.ofMinutes(10)),
        reader.duration("body-within", SHORTEST, Duration.ofMinutes(10)),
        reader.number("connections-max", 1, 100_000),
        reader.number("requests-per-second", 1, 1_000_000),
        reader.number("streams-max", 1, 1_000_000),
        reader.number("streams-per-client-max", 1, 1_000_000),
        reader.duration("stream-lifetime", Duration.ofSeconds(1), Duration.ofDays(1)),
        reader.duration("heartbeat", SHORTEST, Duration.ofMinutes(5)),
        reader.duration("state-within", SHORTEST, Duration.ofMinutes(5)));
  }

  private record Reader(Config config) {

    int number(String key, int min, int max) {
      return inRange(key, config::getInt, min, max);
    }

    int bytes(String key, long min, long max) {
      return inRange(key, config::getBytes, min, max).intValue();
    }

    Duration duration(String key, Duration min, Duration max) {
      return inRange(key, config::getDuration, min, max);
    }

    private <T extends Comparable<T>> T inRange(String key, Function<String, T> get, T min, T max) {
      try {
        T value = get.apply(key);
        if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
          return value;
        }
      } catch (ConfigException e) {
        throw new RefusedException(
            "OW701", "onewrite.gateway." + key + " cannot be read: " + e.getMessage() + ".", e);
      }
      throw new RefusedException(
          "OW701",
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
  }
}
