package dev.onewrite.spi;

/** The state of one entity after {@code sequenceNumber} batches; never needed, only quicker. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SnapshotRow(
    String persistenceId, long sequenceNumber, String manifest, byte[] payload, long writtenAt) {}
