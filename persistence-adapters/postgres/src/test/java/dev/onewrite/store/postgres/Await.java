package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, looking often. */
final class Await {

  private Await() {}

  static void until(String what, Duration within, BooleanSupplier condition) {
    long end = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("after " + within + " still not: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
