package dev.onewrite.demo;

import dev.onewrite.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The database servers that a fleet may run on. */
final class Databases {

  private Databases() {}

  /**
   * One that is there already, or else a new one of our own.
   *
   * @param directory what our own keeps its data in; emptied first
   */
  static Database of(Optional<String> url, Path directory) throws IOException {
    if (url.isPresent()) {
      return new Given(url.get());
    }
    Workplace.empty(directory);
    return new Ours(PostgresServer.start(directory, 0));
  }

  private record Given(String url) implements Database {
    @Override
    public boolean isOurs() {
      return false;
    }

    @Override
    public void kill() {
      throw new IllegalStateException("somebody else's server is not killed");
    }

    @Override
    public void start() {
      throw new IllegalStateException("somebody else's server is not started");
    }

    @Override
    public void close() {}
  }

  /** From the binaries of the class path; ends with this process, however that ends. */
  private record Ours(PostgresServer server) implements Database {
    @Override
    public String url() {
      return server.url();
    }

    @Override
    public boolean isOurs() {
      return true;
    }

    @Override
    public void kill() {
      server.kill();
    }

    @Override
    public void start() {
      server.start();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
