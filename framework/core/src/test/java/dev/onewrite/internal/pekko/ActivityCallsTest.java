package dev.onewrite.internal.pekko;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Activity;
import dev.onewrite.component.Address;
import dev.onewrite.component.NamedActivity;
import dev.onewrite.component.RetryableException;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Faults;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Calls that have to wait for a thread. */
final class ActivityCallsTest {

  record Input(String text) {}

  private final Types types = new Types();
  private final PayloadCodec payloads = new PayloadCodec(types, 10_000);
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicInteger called = new AtomicInteger();
  private final NamedActivity<Input, Input> activity =
      new NamedActivity<>(
          "call",
          Input.class,
          Input.class,
          (call, input) -> {
            called.incrementAndGet();
            return input;
          },
          Activity.Policy.DEFAULT);

  private CompletableFuture<Optional<Payload>> call(Duration threadWithin, boolean awaited) {
    types.register(Input.class);
    Outgoing.Invoked invoked =
        new Outgoing.Invoked(new UUID(0, 1), "a#1", "call", payloads.encode(new Input("x")));
    return new ActivityCalls(payloads, waiting::add, Faults.NONE, threadWithin)
        .result(
            activity,
            new Address("form", "1"),
            invoked,
            () -> CompletableFuture.completedFuture(awaited))
        .toCompletableFuture();
  }

  @Test
  void call_thatFindsNoThread_failsWithoutAnAttemptAndIsNotMadeLater() {
    CompletableFuture<Optional<Payload>> result = call(Duration.ofMillis(20), true);

    CompletionException failed = assertThrows(CompletionException.class, result::join);
    waiting.remove().run();

    assertEquals("OW125", assertInstanceOf(RetryableException.class, failed.getCause()).code());
    assertEquals(0, called.get());
    assertTrue(waiting.isEmpty(), "its caller tries again, nobody else");
  }

  @Test
  void call_ofAStateThatWasLeftWhileItWaitedForAThread_isNotMade() {
    CompletableFuture<Optional<Payload>> result = call(Duration.ofMinutes(1), false);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(150);
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(1_000_000);
    }

    waiting.remove().run();

    assertEquals(Optional.empty(), result.join());
    assertEquals(0, called.get());
  }

  @Test
  void call_thatFindsAThreadAtOnce_isMadeWithoutAQuestion() {
    CompletableFuture<Optional<Payload>> result = call(Duration.ofMinutes(1), false);

    waiting.remove().run();

    assertEquals(Optional.of(payloads.encode(new Input("x"))), result.join());
    assertEquals(1, called.get());
  }
}
