package dev.onewrite.rig;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.rig.Counters.Count;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.FaultPoint;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/**
 * A node in a process of its own: takes commands on standard input, tells on standard output.
 *
 * <pre>
 *   run INDEX                   ──▶  done INDEX, or failed INDEX WHY
 *   arm POINT STOP|THROW PASSES ──▶  reached POINT
 *   disarm
 *   redrive COUNT
 *   (start)                     ──▶  ready
 * </pre>
 */
final class RigNode implements Parts.Surroundings {

  private final Path folder;
  private final Counters counters;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private RigNode(Path folder, Counters counters) {
    this.folder = folder;
    this.counters = counters;
  }

  /**
   * Runs it.
   *
   * @param arguments configuration file, folder of the run, counters file, seed, programs
   */
  public static void main(String[] arguments) throws IOException {
    Counters counters = Counters.at(Path.of(arguments[2]));
    RigNode node = new RigNode(Path.of(arguments[1]), counters);
    Programs programs = new Programs(Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]));
    node.serve(new File(arguments[0]), programs);
  }

  private void serve(File configuration, Programs programs) throws IOException {
    NodeFaults faults = new NodeFaults(counters, this::say);
    Parts parts = new Parts(this);
    Onewrite.Builder builder =
        Onewrite.builder()
            .config(ConfigFactory.parseFile(configuration))
            .faults(faults)
            .onError(incident -> Incidents.count(incident, counters));
    parts.all().forEach(builder::component);
    try (Onewrite onewrite = builder.start()) {
      say("ready");
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "run" -> run(onewrite, parts, programs, Integer.parseInt(words[1]));
          case "redrive" -> redriveSoon(onewrite, Integer.parseInt(words[1]));
          case "disarm" -> faults.disarm();
          default ->
              faults.arm(
                  FaultPoint.valueOf(words[1]),
                  NodeFaults.Deed.valueOf(words[2]),
                  Integer.parseInt(words[3]));
        }
      }
    }
  }

  private void run(Onewrite onewrite, Parts parts, Programs programs, int index) {
    Step step = programs.program(index);
    String text = Parts.text(step.id(), step.bytes());
    onewrite
        .ref(parts.of(step.layer()), step.at())
        .ask(new Parts.Go(step, text), Parts.Finished.class, step.id())
        .whenComplete(
            (finished, failure) -> {
              if (failure == null) {
                say("done " + index);
              } else {
                Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                say("failed " + index + " " + String.valueOf(cause).replace('\n', ' '));
              }
            });
  }

  /** It may meet a fault, or a store that is gone: then somebody else does it later. */
  private void redriveSoon(Onewrite onewrite, int count) {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (Backlog backlog : onewrite.outbox().parked(count)) {
                  onewrite.outbox().redrive(backlog.sequence());
                  counters.add(Count.REDRIVEN);
                }
              } catch (RuntimeException e) {
                say("not redriven: " + String.valueOf(e).replace('\n', ' '));
              }
            },
            "redrive");
    thread.setDaemon(true);
    thread.start();
  }

  private void say(String line) {
    synchronized (out) {
      out.println(line);
    }
  }

  @Override
  public boolean isFirst(Step step) {
    try {
      Files.createFile(folder.resolve("thrown").resolve(step.id()));
      counters.add(Count.THROWN);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isPoisoned() {
    return true;
  }
}
