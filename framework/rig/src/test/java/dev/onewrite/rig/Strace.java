package dev.onewrite.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Looks at the system calls of a process, or breaks some of them. */
final class Strace {

  private final Path calls;

  /**
   * What is called is written to {@code calls}, a line a call, or two where others came between.
   */
  Strace(Path calls) {
    this.calls = calls;
  }

  static void assumeThere() throws Exception {
    boolean there;
    try {
      there = new ProcessBuilder("strace", "-V").start().waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    Assumptions.assumeTrue(there, "skipped: strace is not installed");
  }

  /** The command line of {@link CountingProcess}. */
  static List<String> counting(int times, String configuration) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        CountingProcess.class.getName(),
        String.valueOf(times),
        configuration);
  }

  /** The same command line under it. */
  List<String> of(List<String> program, String... options) {
    List<String> command = command(options);
    command.addAll(program);
    return command;
  }

  /** Looks at running processes and their children to come; it is attached when this returns. */
  Process attach(List<Long> pids, Path told, String... options) throws IOException {
    List<String> command = command(options);
    pids.forEach(pid -> command.addAll(List.of("-p", String.valueOf(pid))));
    Process looking = new ProcessBuilder(command).redirectError(told.toFile()).start();
    Hearsay.await("strace is attached", () -> !looking.isAlive() || lines(told) >= pids.size());
    return looking;
  }

  /** Lets them go, and has written all it saw when this returns. */
  static void detach(Process looking) throws Exception {
    new ProcessBuilder("kill", "-INT", String.valueOf(looking.pid())).start().waitFor();
    looking.waitFor();
  }

  private static long lines(Path file) {
    try {
      return Files.readString(file).lines().count();
    } catch (IOException e) {
      return 0;
    }
  }

  private List<String> command(String... options) {
    List<String> command =
        new ArrayList<>(List.of("strace", "-f", "-y", "-s", "4000", "-o", calls.toString()));
    command.addAll(List.of(options));
    return command;
  }

  /** What a process said until its end. */
  static List<String> said(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return lines;
  }

  /** A moment of a call: most begin and end in one line. */
  record Moment(String thread, String call, boolean begins, boolean ends) {}

  /** Begins and ends in the order seen; an end stands with the arguments of its beginning. */
  List<Moment> moments() throws IOException {
    Map<String, String> begun = new HashMap<>();
    List<Moment> moments = new ArrayList<>();
    for (String line : Files.readAllLines(calls, StandardCharsets.ISO_8859_1)) {
      String thread = line.substring(0, line.indexOf(' '));
      if (line.endsWith("<unfinished ...>")) {
        begun.put(thread, line);
        moments.add(new Moment(thread, line, true, false));
      } else if (line.contains(" resumed>")) {
        moments.add(new Moment(thread, begun.getOrDefault(thread, "") + line, false, true));
      } else {
        moments.add(new Moment(thread, line, true, true));
      }
    }
    return moments;
  }

  /**
   * The calls in the order in which they <em>ended</em>: one that others interrupted stands where
   * it was resumed, with its arguments.
   */
  List<String> ended() throws IOException {
    return moments().stream().filter(Moment::ends).map(Moment::call).toList();
  }
}
