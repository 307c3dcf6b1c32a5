package dev.onewrite.rig;

import dev.onewrite.rig.Counters.Count;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A {@link RigNode} of its driver's. */
final class NodeProcess implements AutoCloseable {

  private static final List<String> JVM =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xmx700m",
          "-Donewrite.rig.log=WARN");

  /** What a node said; {@code null} for its end. */
  record Said(NodeProcess node, String line) {}

  private final int number;
  private final Process process;
  private final BufferedWriter in;
  private final Path log;
  private final Counters counters;
  private final Thread atExit;
  private boolean ready;
  private boolean ending;

  private NodeProcess(int number, Process process, Path log, Counters counters) {
    this.number = number;
    this.process = process;
    this.log = log;
    this.counters = counters;
    this.in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static NodeProcess start(int number, Path folder, String configuration, Plan plan, Queue<Said> to)
      throws IOException {
    Path settings = folder.resolve("node-" + number + ".conf");
    Path log = folder.resolve("node-" + number + ".log");
    Files.writeString(settings, configuration);
    Path counted = Files.createTempFile(folder, "counters-", "");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), RigNode.class.getName()));
    command.addAll(List.of(settings.toString(), folder.toString(), counted.toString()));
    command.addAll(List.of("" + plan.seed(), "" + plan.programs()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    NodeProcess node = new NodeProcess(number, process, log, Counters.at(counted));
    Thread reader = new Thread(() -> node.read(to), "node-" + number);
    reader.setDaemon(true);
    reader.start();
    return node;
  }

  private void read(Queue<Said> to) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        to.add(new Said(this, line));
      }
    } catch (IOException e) {
      // Cut off by the kill.
    } finally {
      to.add(new Said(this, null));
    }
  }

  int number() {
    return number;
  }

  boolean isReady() {
    return ready;
  }

  void ready(boolean now) {
    ready = now;
  }

  /** Whether its end is no surprise. */
  boolean isEnding() {
    return ending;
  }

  void ending() {
    ending = true;
  }

  void send(String command) {
    try {
      in.write(command);
      in.newLine();
      in.flush();
    } catch (IOException e) {
      // Gone; its end is told by its output.
    }
  }

  /** SIGKILL; says whether rows were written and not known to be committed at that moment. */
  boolean kill() {
    ending = true;
    process.toHandle().destroyForcibly();
    process.onExit().join();
    return counters.get(Count.IN_FLIGHT) == 1;
  }

  /** SIGSTOP or SIGCONT. */
  void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().onExit().join();
  }

  long counted(Count count) {
    return counters.get(count);
  }

  /** The end of what it logged. */
  String log() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  @Override
  public void close() {
    ending = true;
    process.destroyForcibly();
    process.onExit().join();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The driver is ending already.
    }
  }
}
