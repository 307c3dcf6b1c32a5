package dev.onewrite.internal.pekko;

import dev.onewrite.component.Activity;
import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.NamedActivity;
import dev.onewrite.component.RetryableException;
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

  private static final String NO_THREAD = "OW125";

  /**
   * 1 minute. Threads that are taken for so long are taken for good, as far as anybody can tell.
   */
  private static final Duration THREAD_WITHIN = Duration.ofMinutes(1);

  /** 100 ms. Within less a state is seldom left, and asking costs as much as a short call. */
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(100);

  private final PayloadCodec payloads;
  private final Executor blocking;
  private final Faults faults;
  private final Duration threadWithin;

  ActivityCalls(PayloadCodec payloads, Executor blocking, Faults faults) {
    this(payloads, blocking, faults, THREAD_WITHIN);
  }

  /**
   * As above.
   *
   * @param threadWithin how long an attempt waits for a thread; then the delivery has failed
   */
  ActivityCalls(PayloadCodec payloads, Executor blocking, Faults faults, Duration threadWithin) {
    this.payloads = payloads;
    this.blocking = blocking;
    this.faults = faults;
    this.threadWithin = threadWithin;
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
    return once(activity, call, invoked.payload(), awaited)
        .handle(
            (result, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(result);
              }
              if (isNoThread(failure)) {
                return CompletableFuture.<Optional<Payload>>failedFuture(failure);
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
                  .thenCompose(done -> stillAwaited(awaited))
                  .thenCompose(
                      still ->
                          still
                              ? attempt(activity, entity, invoked, awaited, attempt + 1)
                              : CompletableFuture.completedFuture(Optional.empty()));
            })
        .thenCompose(next -> next);
  }

  /**
   * One attempt, once there is a thread; empty if the entity stopped waiting until then. Fails with
   * OW125 if there is none in time.
   */
  private <I, R> CompletionStage<Optional<Payload>> once(
      NamedActivity<I, R> activity,
      Activity.Call call,
      Payload input,
      Supplier<CompletionStage<Boolean>> awaited) {
    CompletableFuture<Optional<Payload>> result = new CompletableFuture<>();
    Interruptible work =
        new Interruptible(
            () -> {
              try {
                I decoded = activity.input().cast(payloads.decode(input));
                faults.reached(FaultPoint.BEFORE_ACTIVITY);
                R returned = activity.body().call(call, decoded);
                faults.reached(FaultPoint.AFTER_ACTIVITY);
                result.complete(Optional.of(payloads.encode((Object) returned)));
              } catch (Throwable e) { // whatever it throws fails this attempt, not its thread
                result.completeExceptionally(e);
              }
            });
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    begun
        .orTimeout(threadWithin.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(late -> !result.completeExceptionally(noThread(activity)));
    long queued = System.nanoTime();
    blocking.execute(
        () -> {
          boolean waited = System.nanoTime() - queued > ASKED_AGAIN_AFTER.toNanos();
          if (!begun.complete(true)) {
            return; // it is tried again
          }
          if (waited && !stillAwaited(awaited).toCompletableFuture().join()) {
            result.complete(Optional.empty());
            return;
          }
          // From here on: waiting for a thread does not count.
          result.orTimeout(activity.policy().timeout().toMillis(), TimeUnit.MILLISECONDS);
          work.run();
        });
    return result.whenComplete(
        (payload, failure) -> {
          if (failure instanceof TimeoutException) {
            work.interrupt();
          }
        });
  }

  /** Unanswered, it is tried: a call too many has its key, one too few has no result. */
  private static CompletionStage<Boolean> stillAwaited(Supplier<CompletionStage<Boolean>> awaited) {
    return CompletableFuture.completedFuture(awaited)
        .thenCompose(Supplier::get) // what it throws is no answer, either
        .exceptionally(unanswered -> true);
  }

  /** All threads were taken by calls that do not end. Not an attempt, and so not journaled. */
  private RetryableException noThread(NamedActivity<?, ?> activity) {
    return new RetryableException(
        NO_THREAD,
        "Activity \""
            + activity.name()
            + "\" found no thread to be called on within "
            + threadWithin
            + ": as many as onewrite.activities-max are taken by calls that do not end. It is tried"
            + " again. Let activities end when they are interrupted, or raise"
            + " onewrite.activities-max.");
  }

  private static boolean isNoThread(Throwable failure) {
    return Failures.unwrapped(failure) instanceof RetryableException retryable
        && retryable.code().equals(NO_THREAD);
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
