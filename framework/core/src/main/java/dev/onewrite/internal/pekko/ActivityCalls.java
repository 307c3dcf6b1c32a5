package dev.onewrite.internal.pekko;

import dev.onewrite.component.Activity;
import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.NamedActivity;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls activities by their policy: on threads that may block, in time, again if they fail. */
final class ActivityCalls {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");

  /** 1,000 characters. A failure is journaled; the whole of an error page has no place there. */
  private static final int MESSAGE_MAX = 1_000;

  private final PayloadCodec payloads;
  private final Executor blocking;
  private final Faults faults;

  ActivityCalls(PayloadCodec payloads, Executor blocking, Faults faults) {
    this.payloads = payloads;
    this.blocking = blocking;
    this.faults = faults;
  }

  /**
   * The result, or {@link ActivityFailed} when all attempts have failed; empty if the entity
   * stopped waiting in between.
   *
   * @param awaited asked before each attempt but the first; unanswered, it is tried
   */
  <I, R> CompletionStage<Optional<Payload>> result(
      NamedActivity<I, R> activity,
      Address entity,
      Outgoing.Invoked invoked,
      Supplier<CompletionStage<Boolean>> awaited) {
    return attempt(activity, entity, invoked, awaited, 1);
  }

  private <I, R> CompletionStage<Optional<Payload>> attempt(
      NamedActivity<I, R> activity,
      Address entity,
      Outgoing.Invoked invoked,
      Supplier<CompletionStage<Boolean>> awaited,
      int attempt) {
    Activity.Call call = new Activity.Call(entity, invoked.id().toString(), attempt);
    return once(activity, call, invoked.payload())
        .handle(
            (result, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(Optional.of(result));
              }
              LOG.warn(
                  "Attempt {} of {} at activity {} of {} failed",
                  attempt,
                  activity.policy().attemptsMax(),
                  activity.name(),
                  entity,
                  Failures.unwrapped(failure));
              if (attempt >= activity.policy().attemptsMax()) {
                return CompletableFuture.completedFuture(
                    Optional.of(failed(activity.name(), failure)));
              }
              return later(activity.policy().delay(attempt))
                  .thenCompose(done -> awaited.get().exceptionally(unanswered -> true))
                  .thenCompose(
                      still ->
                          still
                              ? attempt(activity, entity, invoked, awaited, attempt + 1)
                              : CompletableFuture.completedFuture(Optional.empty()));
            })
        .thenCompose(next -> next);
  }

  private <I, R> CompletionStage<Payload> once(
      NamedActivity<I, R> activity, Activity.Call call, Payload input) {
    CompletableFuture<Payload> result = new CompletableFuture<>();
    Interruptible work =
        new Interruptible(
            () -> {
              try {
                I decoded = activity.input().cast(payloads.decode(input));
                faults.reached(FaultPoint.BEFORE_ACTIVITY);
                R returned = activity.body().call(call, decoded);
                faults.reached(FaultPoint.AFTER_ACTIVITY);
                result.complete(payloads.encode((Object) returned));
              } catch (Throwable e) { // whatever it throws fails this attempt, not its thread
                result.completeExceptionally(e);
              }
            });
    long timeout = activity.policy().timeout().toMillis();
    blocking.execute(
        () -> {
          result.orTimeout(timeout, TimeUnit.MILLISECONDS); // waiting for a thread does not count
          work.run();
        });
    return result.whenComplete(
        (payload, failure) -> {
          if (failure instanceof TimeoutException) {
            work.interrupt();
          }
        });
  }

  private Payload failed(String activity, Throwable failure) {
    Throwable cause = Failures.unwrapped(failure);
    String kind = cause instanceof TimeoutException ? "timeout" : cause.getClass().getSimpleName();
    return payloads.encode(
        new ActivityFailed(activity, kind, shortened(String.valueOf(cause.getMessage()))));
  }

  private static String shortened(String message) {
    String kept = message.length() > MESSAGE_MAX ? message.substring(0, MESSAGE_MAX) : message;
    return new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static CompletionStage<Void> later(Duration delay) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
  }
}
