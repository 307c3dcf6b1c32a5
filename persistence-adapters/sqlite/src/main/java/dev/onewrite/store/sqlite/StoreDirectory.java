package dev.onewrite.store.sqlite;

import dev.onewrite.component.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's directory, held by this process alone for as long as it is open. */
final class StoreDirectory {

  /*
   * Two writers would each believe to be the only one, so positions would no longer be commit
   * order. The operating system's lock on onewrite.lock keeps other processes out, and dies with
   * its holder, however it dies.
   *
   * On POSIX systems a process loses its locks on a file as soon as it closes any channel to that
   * file. So a second open in this process must not even open the lock file: HELD turns it away
   * first.
   */

  private static final Logger log = LoggerFactory.getLogger(StoreDirectory.class);

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Never closed, not even by the collector: the lock of the holder would go with them. */
  private static final Set<FileChannel> KEPT_OPEN = ConcurrentHashMap.newKeySet();

  private static final int PID_BYTES_MAX = 32;

  private final Path path;
  private final FileChannel channel;

  private StoreDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the directory if it is absent, and holds it.
   *
   * @throws RefusedException OW305 if somebody else holds it, OW306 if it cannot be used
   */
  static StoreDirectory lock(Path directory) {
    Path path;
    try {
      path = Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      throw SqliteFailures.unusable(directory, e);
    }
    if (!HELD.add(path)) {
      throw SqliteFailures.inUse(path, "this process");
    }
    boolean held = false;
    try {
      StoreDirectory locked = new StoreDirectory(path, lockFile(path));
      held = true;
      return locked;
    } catch (IOException e) {
      throw SqliteFailures.unusable(path, e);
    } finally {
      if (!held) {
        HELD.remove(path);
      }
    }
  }

  private static FileChannel lockFile(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve("onewrite.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel, path);
    if (lock == null) {
      String holder = holder(channel);
      channel.close();
      throw SqliteFailures.inUse(path, holder);
    }
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel, Path path) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this class under another class loader, with a HELD of its own.
      KEPT_OPEN.add(channel);
      throw SqliteFailures.inUse(path, "this process");
    }
  }

  /** Who the lock file names; where the system keeps readers out too, nobody. */
  private static String holder(FileChannel channel) {
    try {
      ByteBuffer pid = ByteBuffer.allocate(PID_BYTES_MAX);
      channel.read(pid, 0);
      String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
      return text.matches("\\d+") ? "process " + text : "another process";
    } catch (IOException e) {
      return "another process";
    }
  }

  Path database() {
    return database(path);
  }

  /** Where the store of a directory is. */
  static Path database(Path directory) {
    return directory.resolve("onewrite.db");
  }

  /** For files that are worth nothing once the process is gone. */
  Path scratch() {
    return path.resolve("native");
  }

  /** Lets the next one in. The file stays: removing it could remove the next one's lock. */
  void release() {
    try {
      channel.close();
    } catch (IOException e) {
      log.warn("The lock file in {} could not be closed.", path, e);
    }
    HELD.remove(path);
  }
}
