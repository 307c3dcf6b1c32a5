package dev.onewrite.spi;

/** The state of one entity after {@code sequenceNumber} batches; never needed, only quicker. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SnapshotRow(
    String persistenceId, long sequenceNumber, String manifest, byte[] payload, long writtenAt) {

  /** Which snapshot it is. */
  public record Key(String persistenceId, long sequenceNumber) {}

  public Key key() {
    return new Key(persistenceId, sequenceNumber);
  }
}
