package dev.onewrite.internal.pekko;

import dev.onewrite.component.BrokenException;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.spi.JournalRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Pekko Persistence's journal over the {@link dev.onewrite.spi.Journal} port. Made by Pekko, named
 * in reference.conf.
 */
public final class StoreJournal extends AsyncWriteJournal {

  /*
   * A failed append fails the future, never a single write: Pekko then tells the entity that the
   * write failed, it stops, and the journal decides on the next recovery what happened.
   */
  private final Journaling.Parts parts = Journaling.ID.get(context().system()).parts();

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    int writes = 0;
    for (AtomicWrite write : messages) {
      List<JournalRow> rows = new ArrayList<>();
      for (PersistentRepr repr : CollectionConverters.asJava(write.payload())) {
        rows.add(row(repr));
      }
      appends.add(parts.store().journal().append(rows).toCompletableFuture());
      writes++;
    }
    List<Optional<Exception>> written = new ArrayList<>(writes);
    for (int i = 0; i < writes; i++) {
      written.add(Optional.empty());
    }
    CompletionStage<Iterable<Optional<Exception>>> all =
        CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).thenApply(v -> written);
    return FutureConverters.asScala(all);
  }

  private JournalRow row(PersistentRepr repr) {
    byte[] payload =
        parts.batches().encode(repr.persistenceId(), repr.sequenceNr(), (Batch) repr.payload());
    return new JournalRow(
        repr.persistenceId(),
        repr.sequenceNr(),
        repr.writerUuid(),
        BatchCodec.MANIFEST,
        payload,
        ((Batch) repr.payload()).at().toEpochMilli());
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return blocking(
        () -> {
          parts.store().journal().replay(persistenceId, from, to, max, new Reader(from, replay));
          return null;
        });
  }

  /** Decodes rows and refuses a history with a hole in it. */
  private final class Reader implements Consumer<JournalRow> {
    private final Consumer<PersistentRepr> replay;
    private long expected;

    Reader(long from, Consumer<PersistentRepr> replay) {
      this.expected = Math.max(1, from);
      this.replay = replay;
    }

    @Override
    public void accept(JournalRow row) {
      if (row.sequenceNumber() != expected) {
        throw new BrokenException(
            "OW206",
            "The history of "
                + row.persistenceId()
                + " has no row "
                + expected
                + "; the next is "
                + row.sequenceNumber()
                + ". The entity refuses to run on it. Restore the missing rows from a backup.");
      }
      expected++;
      replay.accept(
          PersistentRepr.apply(
              parts.batches().decode(row),
              row.sequenceNumber(),
              row.persistenceId(),
              "",
              false,
              ActorRef.noSender(),
              row.writer()));
    }
  }

  /**
   * The last number of the history, which recovery then has to reach.
   *
   * @throws BrokenException OW206 if the snapshot that recovery began with is ahead of the history
   */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
    return blocking(
        () -> {
          long highest = parts.store().journal().highestSequenceNumber(persistenceId);
          if (highest < from) {
            throw new BrokenException(
                "OW206",
                "The history of "
                    + persistenceId
                    + " ends at row "
                    + highest
                    + "; a snapshot says it reached "
                    + from
                    + ". The entity refuses to run on it. Restore the rows from a backup.");
          }
          return highest;
        });
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long to) {
    return FutureConverters.asScala(
        CompletableFuture.failedFuture(
            new UnsupportedOperationException("histories are never deleted")));
  }

  private <T> Future<T> blocking(java.util.function.Supplier<T> read) {
    return FutureConverters.asScala(CompletableFuture.supplyAsync(read, parts.blocking()));
  }
}
