package dev.onewrite.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a process with this one's class path. */
public final class ChildJvm {

  /**
   * For processes that live for seconds: the second compiler would take the processor from the
   * application for longer than it lives.
   */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");

  private ChildJvm() {}

  /** It may run in another directory: the class path is absolute. */
  public static List<String> line(Class<?> main, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(SHORT_LIVED);
    line.addAll(List.of("-cp", absoluteClassPath(), main.getName()));
    line.addAll(arguments);
    return line;
  }

  private static String absoluteClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
