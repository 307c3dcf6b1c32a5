package dev.onewrite.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process knows of its run's earlier ones: the folder they share. */
final class Healthy implements Parts.Surroundings {

  private final Path folder;
  private volatile boolean mended;

  Healthy(Path folder) {
    this.folder = folder;
  }

  /** From now on nothing is poison. */
  void mend() {
    mended = true;
  }

  @Override
  public boolean isFirst(Step step) {
    try {
      Files.createFile(folder.resolve("thrown").resolve(step.id()));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isPoisoned() {
    return !mended;
  }
}
