package dev.onewrite.demo;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where one application runs, again and again.
 *
 * @param directory holds its configuration and what it logs
 * @param name its name among the nodes; also of its files
 * @param configuration what it runs with, as HOCON
 */
record Place(Path directory, URI registry, String name, String configuration) {

  private static final String ALONE = "application";

  /** A process by itself, on the embedded store. */
  static Place alone(Path directory, URI registry) {
    return new Place(
        directory,
        registry,
        ALONE,
        """
        onewrite.durability = sqlite
        onewrite.directory = "%s"
        """
            .formatted(journal(directory).toString().replace("\\", "\\\\")));
  }

  /** The folder of the embedded store. */
  static Path journal(Path directory) {
    return directory.resolve("journal");
  }

  Path settings() {
    return directory.resolve(name + ".conf");
  }

  Path log() {
    return directory.resolve(name + ".log");
  }
}
