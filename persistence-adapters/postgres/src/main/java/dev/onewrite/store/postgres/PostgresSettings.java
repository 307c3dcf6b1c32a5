package dev.onewrite.store.postgres;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** All of {@code onewrite.postgres}, read once and checked; reference.conf explains each key. */
record PostgresSettings(
    String url,
    Optional<String> user,
    Optional<String> password,
    String schema,
    Migrate migrate,
    int readers,
    Duration connectTimeout,
    Duration lockTimeout,
    Duration statementTimeout,
    Duration socketTimeout,
    Duration heldWarning) {

  enum Migrate {
    APPLY,
    VALIDATE
  }

  /** What needs no quotes in SQL, and no thought in a search path. */
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Reads {@code onewrite.postgres} of what is under {@code onewrite}. */
  static PostgresSettings read(Config onewrite) {
    Reader reader = new Reader(onewrite);
    Duration statementTimeout =
        reader.duration("statement-timeout", SECOND, Duration.ofMinutes(10));
    PostgresSettings settings =
        new PostgresSettings(
            reader.text("url"),
            reader.optional("user"),
            reader.optional("password"),
            reader.text("schema"),
            reader.migrate(),
            reader.number("readers", 1, 100),
            reader.duration("connect-timeout", SECOND, Duration.ofMinutes(1)),
            reader.duration("lock-timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
            statementTimeout,
            reader.duration(
                "socket-timeout", statementTimeout.plusMillis(1), Duration.ofMinutes(20)),
            reader.duration("held-warning", Duration.ofMillis(100), Duration.ofHours(1)));
    if (settings.parsedUrl().isEmpty()) {
      throw PostgresFailures.setting(
          "url", "is no URL of PostgreSQL; it looks like jdbc:postgresql://HOST:5432/DATABASE");
    }
    if (!SCHEMA.matcher(settings.schema()).matches()) {
      throw PostgresFailures.setting(
          "schema", "must match " + SCHEMA + ", found '" + settings.schema() + "'");
    }
    return settings;
  }

  /** Host, port, database and schema: a URL may hold a password and is not shown. */
  String where() {
    Properties parsed = parsedUrl().orElseThrow();
    String[] hosts = PGProperty.PG_HOST.getOrDefault(parsed).split(",", -1);
    String[] ports = PGProperty.PG_PORT.getOrDefault(parsed).split(",", -1);
    StringBuilder where = new StringBuilder("postgres at ");
    for (int i = 0; i < hosts.length; i++) {
      where.append(i == 0 ? "" : ",").append(hosts[i]).append(':').append(ports[i]);
    }
    return where
        .append('/')
        .append(PGProperty.PG_DBNAME.getOrDefault(parsed))
        .append(", schema ")
        .append(schema)
        .toString();
  }

  /** Connections as configured; what the URL itself says wins over the time-outs here. */
  PGSimpleDataSource source(String application) {
    Properties parsed = parsedUrl().orElseThrow();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    user.ifPresent(source::setUser);
    password.ifPresent(source::setPassword);
    source.setCurrentSchema(schema);
    source.setReWriteBatchedInserts(true);
    source.setApplicationName(application);
    source.setTcpKeepAlive(true);
    if (!PGProperty.CONNECT_TIMEOUT.isPresent(parsed)) {
      source.setConnectTimeout(seconds(connectTimeout));
    }
    if (!PGProperty.LOGIN_TIMEOUT.isPresent(parsed)) {
      // Two hosts that do not answer, and one that does.
      source.setLoginTimeout(3 * seconds(connectTimeout));
    }
    if (!PGProperty.SOCKET_TIMEOUT.isPresent(parsed)) {
      source.setSocketTimeout(seconds(socketTimeout));
    }
    if (severalHosts(parsed) && !PGProperty.TARGET_SERVER_TYPE.isPresent(parsed)) {
      source.setTargetServerType("primary");
    }
    if (severalHosts(parsed) && !PGProperty.HOST_RECHECK_SECONDS.isPresent(parsed)) {
      source.setHostRecheckSeconds(1); // after a fail-over the new primary is tried at once
    }
    return source;
  }

  private static boolean severalHosts(Properties parsed) {
    return PGProperty.PG_HOST.getOrDefault(parsed).contains(",");
  }

  private static int seconds(Duration duration) {
    return (int) Math.max(1, duration.plusMillis(999).toSeconds());
  }

  private Optional<Properties> parsedUrl() {
    return Optional.ofNullable(
        url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, new Properties()) : null);
  }

  /** Reads values and names key, value and range where one does not fit. */
  private record Reader(Config config) {

    String text(String key) {
      return value(key, config::getString);
    }

    Optional<String> optional(String key) {
      return config.hasPath("postgres." + key) ? Optional.of(text(key)) : Optional.empty();
    }

    Migrate migrate() {
      return switch (text("migrate")) {
        case "apply" -> Migrate.APPLY;
        case "validate" -> Migrate.VALIDATE;
        default ->
            throw PostgresFailures.setting(
                "migrate", "is '" + text("migrate") + "'; it must be apply or validate");
      };
    }

    Duration duration(String key, Duration min, Duration max) {
      return inRange(key, value(key, config::getDuration), min, max);
    }

    int number(String key, int min, int max) {
      return inRange(key, value(key, config::getInt), min, max);
    }

    private <T> T value(String key, Function<String, T> get) {
      try {
        return get.apply("postgres." + key);
      } catch (ConfigException e) {
        throw PostgresFailures.setting(key, "cannot be read: " + e.getMessage());
      }
    }

    private static <T extends Comparable<T>> T inRange(String key, T value, T min, T max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw PostgresFailures.setting(
            key, "is " + value + "; it must be from " + min + " to " + max);
      }
      return value;
    }
  }
}
