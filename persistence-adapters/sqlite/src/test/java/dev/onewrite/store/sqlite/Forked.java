package dev.onewrite.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An {@link AppendingProcess} of this test's own, and what it has said so far. */
final class Forked implements AutoCloseable {

  private static final long WAIT_SECONDS = 60;
  private static final Pattern ACKNOWLEDGED =
      Pattern.compile("(\\S+) (\\d+)" + AppendingProcess.END);

  private final Process process;
  private final BufferedReader lines;
  private final Map<String, Long> acknowledged = new HashMap<>();

  private Forked(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Forked start(Path directory, String... fault) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AppendingProcess.class.getName());
    command.add(directory.toString());
    command.addAll(List.of(fault));
    return new Forked(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Reads until the process has said {@code line}. */
  void awaitLine(String line) throws IOException {
    String said = next();
    while (!said.equals(line + AppendingProcess.END)) {
      said = next();
    }
  }

  /** Reads until {@code count} more appends were acknowledged. */
  void awaitAcknowledged(int count) throws IOException {
    for (int seen = 0; seen < count; ) {
      seen += note(next()) ? 1 : 0;
    }
  }

  /** Sends SIGKILL, and reads what was said before it arrived. */
  void kill() throws IOException, InterruptedException {
    // Not Process.destroyForcibly: that also closes the pipe, with acknowledgements still in it.
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  void awaitEnd() throws IOException, InterruptedException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      note(line);
    }
    assertTrue(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS), "the process did not end");
  }

  /** The greatest acknowledged sequence number of each history. */
  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String next() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the process ended by itself");
    }
    return line;
  }

  private boolean note(String line) {
    Matcher matcher = ACKNOWLEDGED.matcher(line);
    if (!matcher.matches()) {
      return false;
    }
    acknowledged.merge(matcher.group(1), Long.valueOf(matcher.group(2)), Math::max);
    return true;
  }
}
