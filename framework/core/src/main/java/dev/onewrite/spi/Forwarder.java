package dev.onewrite.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The running outbox: delivers what the journal says is to be delivered. */
public interface Forwarder extends AutoCloseable {

  /** Whether all workers, of all nodes together, have a node to run on. */
  default CompletionStage<Boolean> placed() {
    return CompletableFuture.completedFuture(true);
  }

  /** Stops delivering; what is under way is answered or will be delivered again. */
  @Override
  void close();
}
