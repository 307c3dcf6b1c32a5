package dev.onewrite.testkit.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on this machine, from the binaries on the class path, on loopback.
 *
 * <p><b>Guarantee.</b> It is durable: fsync, synchronous_commit and full_page_writes are on, unless
 * the settings say otherwise, and the directory is kept. {@link #kill} and then {@link #start} give
 * the same data at the same port. It ends with this JVM, however that ends.
 *
 * <p><b>Limit.</b> Linux on x86-64. As root it runs in a user namespace ({@code unshare}), since
 * the server refuses root.
 */
public final class PostgresServer implements AutoCloseable {

  /*
   * The postmaster is the child of a shell that reads a pipe of ours. If this JVM dies, even by
   * SIGKILL, the pipe ends and the shell takes the server down. The server's own children notice the
   * death of the postmaster by themselves; kill() makes sure of it, since a new postmaster refuses
   * to start beside children of the old one.
   */
  private static final String KEEPER =
      "exec 3<&0; \"$@\" </dev/null & pid=$!; (read x <&3; kill -QUIT $pid 2>/dev/null) &"
          + " reader=$!; wait $pid; kill $reader 2>/dev/null";

  public static final String USER = "postgres";
  public static final String PASSWORD = "onewrite";

  /** A start takes under a second; recovery after a kill under load some more. */
  private static final int READY_SECONDS = 60;

  /** 30 s. Ending in good order takes less than one, unless its disk or a debugger holds it up. */
  private static final Duration END_WITHIN = Duration.ofSeconds(30);

  private final Path directory;
  private final int port;
  private final Map<String, String> settings;
  private @Nullable Process keeper;

  private PostgresServer(Path directory, int port, Map<String, String> settings) {
    this.directory = directory;
    this.port = port;
    this.settings = settings;
  }

  /**
   * Starts a server on the data in {@code directory}, which is made if it is not there.
   *
   * @param port 0 for any that is free
   */
  public static PostgresServer start(Path directory, int port) {
    return start(directory, port, Map.of());
  }

  /** As above, with settings of {@code postgresql.conf} above ours. */
  public static PostgresServer start(Path directory, int port, Map<String, String> settings) {
    PostgresServer server =
        new PostgresServer(
            directory.toAbsolutePath().normalize(), port == 0 ? freePort() : port, settings);
    server.start();
    return server;
  }

  /** Starts it again, after {@link #kill} or {@link #close}; returns once it takes connections. */
  public synchronized void start() {
    if (keeper != null && keeper.isAlive()) {
      throw new IllegalStateException("The server runs already.");
    }
    try {
      Path home = Binaries.unpacked();
      Files.createDirectories(directory);
      if (!Files.exists(data().resolve("PG_VERSION"))) {
        initialise(home);
      }
      keeper = launch(home);
      awaitReady();
      assertDurable();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The URL of the database {@code postgres}, with user and password. */
  public String url() {
    return url("postgres");
  }

  /** The URL of a database, with user and password. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/"
        + database
        + "?user="
        + USER
        + "&password="
        + PASSWORD;
  }

  public Path data() {
    return directory.resolve("data");
  }

  /** SIGKILL to the postmaster; returns when it and all of its children are gone. */
  public synchronized void kill() {
    kill(postmaster());
  }

  private void kill(ProcessHandle postmaster) {
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(0, postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    joinKeeper();
  }

  /** Ends it in good order, or after 30 s without one, by {@link #kill}; the data stay. */
  @Override
  public void close() {
    end(END_WITHIN);
  }

  synchronized void end(Duration within) {
    Process ending = keeper;
    if (ending == null || !ending.isAlive()) {
      return;
    }
    ProcessHandle postmaster = postmaster();
    try {
      // SIGINT: connections are ended, everything is written.
      run(List.of("kill", "-INT", String.valueOf(postmaster.pid())));
      if (!ending.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(postmaster);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      kill(postmaster);
      Thread.currentThread().interrupt();
    }
  }

  /** The postmaster. */
  public ProcessHandle postmaster() {
    try {
      String pid = Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip();
      return ProcessHandle.of(Long.parseLong(pid))
          .orElseThrow(() -> new IllegalStateException("The server does not run."));
    } catch (IOException e) {
      throw new IllegalStateException("The server does not run.", e);
    }
  }

  private void joinKeeper() {
    Process ending = keeper;
    if (ending != null) {
      ending.onExit().join();
    }
  }

  private void initialise(Path home) throws IOException {
    Path password = Files.createTempFile("onewrite", "password");
    Files.writeString(password, PASSWORD);
    List<String> command = new ArrayList<>(asServer(home.resolve("bin/initdb")));
    command.addAll(List.of("-D", data().toString(), "-U", USER, "--auth=scram-sha-256"));
    command.addAll(List.of("--pwfile=" + password, "--encoding=UTF8", "--locale=C"));
    try {
      run(command);
    } finally {
      Files.delete(password);
    }
  }

  private Process launch(Path home) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh"));
    command.addAll(asServer(home.resolve("bin/postgres")));
    command.addAll(List.of("-D", data().toString(), "-p", String.valueOf(port)));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
    command.addAll(List.of("-c", "fsync=on", "-c", "synchronous_commit=on"));
    command.addAll(List.of("-c", "full_page_writes=on", "-c", "max_connections=200"));
    command.addAll(List.of("-c", "max_prepared_transactions=10", "-c", "timezone=UTC"));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return directory.resolve("server.log");
  }

  private static List<String> asServer(Path program) {
    return System.getProperty("user.name").equals("root")
        ? List.of("unshare", "--user", program.toString())
        : List.of(program.toString());
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(command.get(0) + " ended with " + status + ": " + output);
    }
  }

  private void awaitReady() throws IOException {
    Process started = Objects.requireNonNull(keeper);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (true) {
      try {
        connect().close();
        return;
      } catch (SQLException e) {
        if (!started.isAlive() || System.nanoTime() > until) {
          throw new IOException("PostgreSQL did not start: " + Files.readString(log()), e);
        }
        waitFor(started);
      }
    }
  }

  /** A moment, shorter if the server ends. */
  private static void waitFor(Process process) {
    try {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a server started.", e);
    }
  }

  private Connection connect() throws SQLException {
    Properties seconds = new Properties();
    seconds.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(url(), seconds);
  }

  private void assertDurable() {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("show " + setting)) {
        rows.next();
        if (!rows.getString(1).equals(settings.getOrDefault(setting, "on"))) {
          throw new IllegalStateException(setting + " is " + rows.getString(1));
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
