package dev.onewrite.store.jdbc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Of a store that was opened beside its node. */
final class NoWriter implements Writer {

  private final Failures failures;

  NoWriter(Database database) {
    this.failures = new Failures(database.description());
  }

  @Override
  public CompletionStage<Void> submit(Write write) {
    return CompletableFuture.failedFuture(failures.readOnly(write));
  }

  @Override
  public void submitAndWait(Write write) {
    throw failures.readOnly(write);
  }

  @Override
  public void close() {
    // It has nothing.
  }
}
