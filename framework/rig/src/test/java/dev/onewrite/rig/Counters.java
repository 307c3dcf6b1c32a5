package dev.onewrite.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a node has counted so far: in a mapped file, so that a SIGKILL loses none of it. */
final class Counters {

  /** What is counted. */
  enum Count {
    /** Group commits that were begun. */
    COMMITS,
    /** 1 while rows are written and their commit has neither returned nor failed. */
    IN_FLIGHT,
    /** Deliveries that their receiver dropped, because it knew them. */
    DROPPED,
    /** Writes of entities whose outcome was unknown. */
    UNKNOWN,
    /** Deliveries that were tried again, as far as they are told. */
    REDELIVERED,
    /** Throws of handlers that had been told to. */
    THROWN,
    /** Sequences that were parked and let go, while their poison was still poison. */
    REDRIVEN,
    SNAPSHOTS,
    CALLS,
    FIRINGS
  }

  private final MappedByteBuffer bytes;

  private Counters(MappedByteBuffer bytes) {
    this.bytes = bytes;
  }

  static Counters at(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Counters(
          channel.map(
              FileChannel.MapMode.READ_WRITE, 0, (long) Count.values().length * Long.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void add(Count count) {
    int at = count.ordinal() * Long.BYTES;
    bytes.putLong(at, bytes.getLong(at) + 1);
  }

  synchronized void set(Count count, long value) {
    bytes.putLong(count.ordinal() * Long.BYTES, value);
  }

  synchronized long get(Count count) {
    return bytes.getLong(count.ordinal() * Long.BYTES);
  }
}
