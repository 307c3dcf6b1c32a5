package dev.onewrite.testkit.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresServerTest {

  @TempDir Path directory;

  /** Starts a server, tells its process id, and stays until it is killed. */
  static final class Starting {
    public static void main(String[] arguments) throws Exception {
      PostgresServer server = PostgresServer.start(Path.of(arguments[0]), 0);
      System.out.println(server.postmaster().pid());
      System.in.read();
    }
  }

  @Test
  void server_killedAndStartedAgain_hasItsDataAndItsPort() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      String url = server.url();
      sql(url, "create table kept (n int); insert into kept values (1)");
      ProcessHandle killed = server.postmaster();

      server.kill();
      boolean running = killed.isAlive();
      server.start();

      assertFalse(running);
      assertEquals("1", ask(url, "select n from kept"));
      assertEquals("on", ask(url, "show fsync"));
      assertEquals("on", ask(url, "show synchronous_commit"));
    }
  }

  @Test
  void server_thatDoesNotEndInGoodOrder_isKilled() throws Exception {
    PostgresServer server = PostgresServer.start(directory, 0);
    ProcessHandle postmaster = server.postmaster();
    new ProcessBuilder("kill", "-STOP", String.valueOf(postmaster.pid())).start().waitFor();

    server.end(Duration.ofMillis(200));

    assertFalse(postmaster.isAlive());
  }

  @Test
  void server_ofAProcessThatIsKilled_endsToo() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starting.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertTrue(postmaster.isAlive());

      process.destroyForcibly();

      postmaster.onExit().get(30, TimeUnit.SECONDS);
      assertFalse(postmaster.isAlive());
    }
  }

  private static void sql(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
