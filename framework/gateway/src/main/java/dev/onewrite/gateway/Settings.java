package dev.onewrite.gateway;

import com.typesafe.config.Config;
import dev.onewrite.component.RefusedException;
import dev.onewrite.config.ConfigReader;
import java.time.Duration;

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
    ConfigReader reader = new ConfigReader(all.getConfig("onewrite.gateway"), "onewrite.gateway");
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
}
