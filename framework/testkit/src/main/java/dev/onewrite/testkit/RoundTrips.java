package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import dev.onewrite.spi.SnapshotRow;
import org.opentest4j.AssertionFailedError;

/** Everything an entity takes and keeps goes through the codec, and has to come out as it was. */
final class RoundTrips {

  private final Address entity;
  private final Bench bench;

  RoundTrips(Address entity, Bench bench) {
    this.entity = entity;
    this.bench = bench;
  }

  /** The message as its entity gets it: written and read. */
  Object message(Object message) {
    Object read = bench.payloads().decode(bench.payloads().encode(message));
    check("message", message, read);
    return read;
  }

  /** The context that a turn left, and what a restart would find. */
  void context(Object left, Object read) {
    check("context", left, read);
  }

  /** Equal, or (an array is equal to itself only) written alike. */
  private void check(String what, Object before, Object after) {
    if (before.equals(after)) {
      return;
    }
    Payload written = bench.payloads().encode(before);
    if (!written.equals(bench.payloads().encode(after))) {
      throw failure(
          "A " + what + " of " + entity + " is not what the journal keeps of it", before, after);
    }
  }

  void batch(Batch written, Batch read) {
    if (!written.equals(read)) {
      throw failure("A batch of " + entity + " is not what the journal keeps of it", written, read);
    }
  }

  void snapshot(StoredState stored) {
    String id = entity.persistenceId();
    byte[] bytes = bench.states().encode(id, stored);
    StoredState read =
        bench.states().decode(new SnapshotRow(id, stored.turns(), StateCodec.MANIFEST, bytes, 0));
    if (!stored.equals(read)) {
      throw failure("A snapshot of " + entity + " is not what the store keeps of it", stored, read);
    }
  }

  void recovery(StoredState left, StoredState recovered) {
    if (!left.equals(recovered)) {
      throw failure("After a restart " + entity + " would have another state", left, recovered);
    }
  }

  private static AssertionFailedError failure(String what, Object expected, Object actual) {
    return new AssertionFailedError(
        what + ".\n  before: " + expected + "\n  after:  " + actual, expected, actual);
  }
}
