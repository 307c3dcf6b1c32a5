package dev.onewrite.internal.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds in every run, however it goes: once, in order, nothing lost, bounded memory. */
final class SimulatedDeliveryTest {

  @Test
  void deliveries_underAllFaults_keepThePromises() {
    long seed = Long.getLong("seed", new Random().nextLong());

    long deliveries = run(seed, Duration.ofSeconds(4));

    assertTrue(deliveries > 1_000, "only " + deliveries + " with seed " + seed);
  }

  @Test
  @Tag("slow")
  void millionsOfDeliveries_underAllFaults_keepThePromises() {
    long seed = new Random().nextLong();

    long deliveries = run(seed, Duration.ofMinutes(2));

    System.out.println(deliveries + " simulated deliveries");
    assertTrue(deliveries > 1_000_000, "only " + deliveries + " with seed " + seed);
  }

  private static long run(long seed, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    long deliveries = 0;
    for (long run = seed; run == seed || System.nanoTime() < end; run++) {
      SimulatedDelivery world = new SimulatedDelivery(run);
      try {
        deliveries += once(world);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + run + ": " + e.getMessage(), e);
      }
    }
    return deliveries;
  }

  private static long once(SimulatedDelivery world) {
    for (int message = 0; message < 200; message++) {
      world.emit();
      for (int step = 0; step < 10; step++) {
        world.step();
      }
    }
    world.end();
    for (int message = 0; message < 50; message++) {
      world.emit();
    }
    world.end();
    int remembered = world.remembered();
    assertTrue(remembered < 100, remembered + " ids are remembered");
    return world.deliveries;
  }
}
