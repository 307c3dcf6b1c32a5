package dev.onewrite.store.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the driver unpacks the library it loads. */
final class NativeLibrary {

  private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);

  /** The driver's own properties; whoever sets one of them has decided. */
  private static final String PLACE = "org.sqlite.tmpdir";

  private static final String READY_MADE = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /**
   * Makes the driver unpack in {@code scratch}, once emptied, unless a system property of the
   * driver says otherwise.
   *
   * <p>By itself the driver unpacks a megabyte into the system's temporary directory each time, and
   * a process that is killed leaves it there for ever. Here the next one, which holds the directory
   * alone, clears it away. If that is not possible, the driver's own place serves.
   */
  static void unpackIn(Path scratch) {
    try {
      Files.createDirectories(scratch);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(scratch, "sqlite-*")) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      log.warn("The driver's library cannot be unpacked in {}; it goes elsewhere.", scratch, e);
      return;
    }
    if (System.getProperty(PLACE) == null && System.getProperty(READY_MADE) == null) {
      System.setProperty(PLACE, scratch.toString());
    }
  }
}
