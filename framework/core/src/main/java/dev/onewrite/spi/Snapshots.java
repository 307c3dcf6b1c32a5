package dev.onewrite.spi;

import java.util.Optional;

/** Snapshots: any of them may be lost at any time without harm. Every method may block. */
public interface Snapshots {

  /** The newest snapshot at or below {@code sequenceNumberMax}. */
  Optional<SnapshotRow> latest(String persistenceId, long sequenceNumberMax);

  /** Stores a snapshot; one of the same sequence number is replaced. */
  void save(SnapshotRow row);

  /** Deletes the snapshots with sequence numbers from {@code from} to {@code to}, both included. */
  void delete(String persistenceId, long from, long to);
}
