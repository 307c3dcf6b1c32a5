package dev.onewrite.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server that tests share, one a JVM: the one that {@code ONEWRITE_TEST_PG_URL} names (the URL
 * of a database, with a superuser), else one from the binaries on the class path.
 */
public final class TestPostgres {

  private static @Nullable TestPostgres shared;

  private final String url;

  private TestPostgres(String url) {
    this.url = url;
  }

  /** The shared server, started with the first call. */
  public static synchronized TestPostgres shared() {
    if (shared == null) {
      String given = System.getenv("ONEWRITE_TEST_PG_URL");
      shared = new TestPostgres(given == null || given.isBlank() ? started() : given);
    }
    return shared;
  }

  /**
   * A new, empty database.
   *
   * @return its URL, with user and password
   */
  public String database() {
    String name = "onewrite_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("No database on " + url, e);
    }
    return url.replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
  }

  private static String started() {
    try {
      Path directory = Files.createTempDirectory("onewrite-test-postgres-");
      // A statistics run in some other database is a transaction too, and holds back every tail
      // for its milliseconds: tests that read back at once what they wrote would fail once a day.
      PostgresServer server = PostgresServer.start(directory, 0, Map.of("autovacuum", "off"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
      return server.url();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(PostgresServer server, Path directory) {
    server.kill();
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // What is left is in the temporary directory.
    }
  }
}
