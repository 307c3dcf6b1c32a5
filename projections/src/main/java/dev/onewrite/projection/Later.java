package dev.onewrite.projection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/** Work that blocks, on threads for it, and work that waits; both end when the worker does. */
final class Later {

  private final Executor blocking;
  private volatile boolean stopped;

  Later(Executor blocking) {
    this.blocking = blocking;
  }

  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Completes after {@code delay}, and fails if the worker was stopped by then. */
  CompletionStage<Done> after(Duration delay) {
    return CompletableFuture.supplyAsync(
        () -> {
          if (stopped) {
            throw new IllegalStateException("the forwarder was stopped");
          }
          return Done.done();
        },
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Fails with whatever {@code work} throws. */
  <T> CompletionStage<T> once(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, blocking);
    } catch (RejectedExecutionException e) { // the system has ended
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Tries until it succeeds, or the worker is stopped; {@code delays} by number of attempts. */
  <T> CompletionStage<T> untilDone(Function<Integer, Duration> delays, Supplier<T> work) {
    return untilDone(delays, work, 1);
  }

  private <T> CompletionStage<T> untilDone(
      Function<Integer, Duration> delays, Supplier<T> work, int attempt) {
    return once(work)
        .handle(
            (result, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(result)
                    : after(delays.apply(attempt))
                        .thenCompose(done -> untilDone(delays, work, attempt + 1)))
        .thenCompose(next -> next);
  }
}
