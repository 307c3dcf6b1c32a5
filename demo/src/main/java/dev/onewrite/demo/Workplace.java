package dev.onewrite.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that runs leave their journals in, and only they. */
record Workplace(Path directory) {

  /** In each folder of a run, so that no folder of somebody else is ever emptied. */
  private static final String MARK = "application.log";

  Path story() {
    return directory.resolve("story");
  }

  Path fleet() {
    return directory.resolve("fleet");
  }

  /** What the database server of a fleet keeps; emptied by whoever starts it. */
  Path database() {
    return directory.resolve("postgres");
  }

  Path steady() {
    return directory.resolve("steady");
  }

  /**
   * Empties {@code folder}.
   *
   * @throws IOException if it holds something that no run has left there
   */
  static void empty(Path folder) throws IOException {
    if (Files.isDirectory(folder) && !Files.exists(folder.resolve(MARK))) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new IOException(
              folder + " is not empty and not from a run of this demo; give another --directory");
        }
      }
    }
    if (Files.exists(folder)) {
      List<Path> innermostFirst;
      try (Stream<Path> all = Files.walk(folder)) {
        innermostFirst = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : innermostFirst) {
        Files.delete(path);
      }
    }
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(MARK));
  }
}
