package dev.onewrite.demo.web;

import dev.onewrite.demo.Demo;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code demo/run web}, as a user starts it. */
final class PageProcess implements AutoCloseable {

  private final Process supervisor;
  private final Path output;
  private final String url;

  private PageProcess(Process supervisor, Path output, String url) {
    this.supervisor = supervisor;
    this.output = output;
    this.url = url;
  }

  static PageProcess start(Path directory) throws IOException {
    Path output = directory.resolve("supervisor.log");
    int port = freePort();
    Process supervisor =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Demo.class.getName(),
                    "web",
                    "--port",
                    String.valueOf(port),
                    "--directory",
                    directory.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new PageProcess(supervisor, output, "http://127.0.0.1:" + port + "/");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return url;
  }

  /** How many of its servers were ended by SIGKILL. */
  long kills() throws IOException {
    return Files.readAllLines(output).stream()
        .filter(line -> line.contains("(exit code 137)"))
        .count();
  }

  @Override
  public void close() {
    supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
    supervisor.destroyForcibly();
  }
}
