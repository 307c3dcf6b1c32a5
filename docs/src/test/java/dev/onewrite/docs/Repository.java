package dev.onewrite.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this project. */
final class Repository {

  static final Path ROOT = Path.of(System.getProperty("onewrite.root", ".."));

  private Repository() {}

  static String read(String path) {
    return read(ROOT.resolve(path));
  }

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All Java sources, main and test, none that a build made. */
  static List<Path> sources() {
    return files(".java");
  }

  static List<Path> mainSources() {
    return sources().stream().filter(path -> path.toString().contains("/src/main/")).toList();
  }

  static List<Path> documents() {
    return files(".md");
  }

  private static List<Path> files(String ending) {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(path -> path.toString().endsWith(ending))
          .filter(path -> !path.toString().contains("/target/"))
          .filter(path -> !path.toString().contains("/.git/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
