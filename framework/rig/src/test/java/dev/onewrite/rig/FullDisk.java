package dev.onewrite.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A disk of its own, of which a test takes all the space and gives it back. */
final class FullDisk implements AutoCloseable {

  private final Path folder;

  private FullDisk(Path folder) {
    this.folder = folder;
  }

  /** The test is skipped where no disk can be mounted. */
  static FullDisk mount(Path folder, int mebibytes) throws Exception {
    Files.createDirectories(folder);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()),
        "skipped: only root can mount a small disk");
    return new FullDisk(folder);
  }

  Path folder() {
    return folder;
  }

  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      byte[] page = new byte[4_096];
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      if (Files.getFileStore(folder).getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    run("umount", "-l", folder.toString());
  }
}
