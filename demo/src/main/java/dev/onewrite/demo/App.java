package dev.onewrite.demo;

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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One incarnation of the application, as its driver sees it. */
final class App implements AutoCloseable {

  /** 30 s to stop when asked: ten times what it takes on a busy machine. */
  private static final int STOP_WITHIN_SECONDS = 30;

  private final Process process;
  private final BufferedWriter in;
  private final Path log;
  private final Thread atExit;
  private boolean ending;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  private App(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.atExit = new Thread(process::destroyForcibly, "application-end");
    this.in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** Starts one; with a kill at a point it will stop there. */
  static App start(Place place, @Nullable Kill kill) throws IOException {
    Files.createDirectories(place.directory());
    Files.writeString(place.settings(), place.configuration());
    List<String> arguments =
        new ArrayList<>(
            List.of(place.settings().toString(), place.registry().toString(), place.name()));
    if (kill != null) {
      arguments.addAll(
          kill.match(
              random -> List.of(),
              point -> List.of(point.point().name(), String.valueOf(point.passes()))));
    }
    Process process =
        new ProcessBuilder(ChildJvm.line(FormServer.class, arguments))
            .redirectError(ProcessBuilder.Redirect.appendTo(place.log().toFile()))
            .start();
    App app = new App(process, place.log());
    Runtime.getRuntime().addShutdownHook(app.atExit); // an interrupted driver leaves nobody behind
    Thread reader = new Thread(app::read, "application-output");
    reader.setDaemon(true);
    reader.start();
    return app;
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        signals.add(new Signal.Said(Wire.report(line)));
      }
    } catch (IOException | IllegalArgumentException e) {
      // A line cut short by the kill. Nothing whole can follow it.
    } finally {
      signals.add(new Signal.Gone());
    }
  }

  /** The next signal, if one comes in time. */
  Optional<Signal> next(long withinMillis) throws InterruptedException {
    return Optional.ofNullable(signals.poll(Math.max(withinMillis, 0), TimeUnit.MILLISECONDS));
  }

  /** Sends a command. If the application is gone, {@link Signal.Gone} says so soon enough. */
  void send(Command command) {
    try {
      in.write(Wire.line(command));
      in.newLine();
      in.flush();
    } catch (IOException e) {
      // Gone; the command stays open and is sent to the next incarnation.
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    ending = true;
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM: it is asked to leave in good order. */
  void terminate() {
    ending = true;
    process.destroy();
  }

  /** Whether it was killed or asked to go, so that its end is no surprise. */
  boolean isEnding() {
    return ending;
  }

  /** SIGSTOP: it stands still with all it holds, and does not know it. */
  void stall() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw failed("could not be sent SIG" + name);
    }
  }

  /** Ends its input and waits until it has stopped by itself. */
  void stop() throws IOException, InterruptedException {
    in.close();
    if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException(
          "the application did not stop within " + STOP_WITHIN_SECONDS + " s; its log is " + log);
    }
    if (process.exitValue() != 0) {
      throw failed("stopped with exit code " + process.exitValue());
    }
  }

  /** What to say of an application that did what nobody asked it to. */
  IllegalStateException failed(String what) {
    List<String> lines;
    try {
      lines = Files.readAllLines(log);
    } catch (IOException e) {
      lines = List.of("(the log cannot be read: " + e.getMessage() + ")");
    }
    List<String> last = lines.subList(Math.max(0, lines.size() - 20), lines.size());
    return new IllegalStateException(
        "the application " + what + ". The end of " + log + ":\n" + String.join("\n", last));
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The driver is ending already, and the hook does what this has just done.
    }
  }
}
