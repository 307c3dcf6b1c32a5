package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, looked at again and again. */
final class Await {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("after " + WITHIN + " still not: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
