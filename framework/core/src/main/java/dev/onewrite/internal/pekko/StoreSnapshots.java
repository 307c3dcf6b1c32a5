package dev.onewrite.internal.pekko;

import dev.onewrite.component.BrokenException;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.journal.StoredState;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.SnapshotRow;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Pekko Persistence's snapshot store over the {@link dev.onewrite.spi.Snapshots} port. A snapshot
 * that cannot be read is passed over with a warning: the journal has all it had.
 */
public final class StoreSnapshots extends SnapshotStore {

  private static final Logger LOG = LoggerFactory.getLogger(StoreSnapshots.class);

  private final Journaling.Parts parts = Journaling.ID.get(context().system()).parts();

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return blocking(() -> load(persistenceId, criteria.maxSequenceNr()));
  }

  private Optional<SelectedSnapshot> load(String persistenceId, long max) {
    Optional<SnapshotRow> newest = parts.store().snapshots().latest(persistenceId, max);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    SnapshotRow row = newest.get();
    try {
      SnapshotMetadata metadata =
          SnapshotMetadata.apply(persistenceId, row.sequenceNumber(), row.writtenAt());
      return Optional.of(SelectedSnapshot.create(metadata, parts.states().decode(row)));
    } catch (BrokenException e) {
      LOG.warn("Snapshot passed over, the journal is read instead: {}", e.getMessage());
      return load(persistenceId, row.sequenceNumber() - 1);
    }
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return blocking(
        () -> {
          byte[] payload = parts.states().encode(metadata.persistenceId(), (StoredState) snapshot);
          parts.faults().reached(FaultPoint.BEFORE_SNAPSHOT);
          parts
              .store()
              .snapshots()
              .save(
                  new SnapshotRow(
                      metadata.persistenceId(),
                      metadata.sequenceNr(),
                      StateCodec.MANIFEST,
                      payload,
                      metadata.timestamp()));
          return null;
        });
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return delete(metadata.persistenceId(), metadata.sequenceNr(), metadata.sequenceNr());
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return delete(persistenceId, criteria.minSequenceNr(), criteria.maxSequenceNr());
  }

  private Future<Void> delete(String persistenceId, long from, long to) {
    return blocking(
        () -> {
          parts.store().snapshots().delete(persistenceId, from, to);
          return null;
        });
  }

  private <T> Future<T> blocking(Supplier<T> work) {
    return FutureConverters.asScala(CompletableFuture.supplyAsync(work, parts.blocking()));
  }
}
