package dev.onewrite.projection;

import dev.onewrite.component.Address;
import dev.onewrite.component.Incident;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.TailRow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a group makes of a row, tried until it succeeds or the worker ends. A row that cannot be
 * read is neither skipped nor guessed at: it is reported each time, and later rows of its sender
 * wait. Those of others do not.
 */
final class RowWork {

  private final ForwarderSetup setup;
  private final String group;
  private final Later later;

  RowWork(ForwarderSetup setup, String group, Later later) {
    this.setup = setup;
    this.group = group;
    this.later = later;
  }

  /** What {@code work} comes to in the end. */
  <T> CompletionStage<T> of(TailRow row, Function<TailRow, CompletionStage<T>> work) {
    return of(row, work, 1);
  }

  private <T> CompletionStage<T> of(
      TailRow row, Function<TailRow, CompletionStage<T>> work, int attempt) {
    CompletionStage<T> tried;
    try {
      tried = work.apply(row);
    } catch (RuntimeException e) { // a receiver function of the component's own included
      tried = CompletableFuture.failedFuture(e);
    }
    return tried.exceptionallyCompose(
        failure -> {
          report(row, failure);
          return later
              .after(setup.settings().redelivery().delay(attempt))
              .thenCompose(waited -> of(row, work, attempt + 1));
        });
  }

  private void report(TailRow row, Throwable failure) {
    setup
        .incidents()
        .accept(
            new Incident.Undeliverable(
                Address.ofPersistenceId(row.row().persistenceId()),
                row.row().sequenceNumber(),
                group,
                String.valueOf(failure.getMessage())));
  }
}
