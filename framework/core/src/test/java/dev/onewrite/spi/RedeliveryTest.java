package dev.onewrite.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RedeliveryTest {

  @Test
  void delay_ofEachAttempt_doublesUpToTheLongest() {
    OutboxSettings.Redelivery redelivery =
        new OutboxSettings.Redelivery(
            Duration.ofMillis(100), Duration.ofSeconds(1), 3, 5, Duration.ofHours(1));

    assertEquals(Duration.ofMillis(100), redelivery.delay(1));
    assertEquals(Duration.ofMillis(200), redelivery.delay(2));
    assertEquals(Duration.ofMillis(800), redelivery.delay(4));
    assertEquals(Duration.ofSeconds(1), redelivery.delay(5));
    assertEquals(Duration.ofSeconds(1), redelivery.delay(Integer.MAX_VALUE));
  }

  @Test
  void delay_withTheLongestSettings_doesNotOverflow() {
    OutboxSettings.Redelivery redelivery =
        new OutboxSettings.Redelivery(
            Duration.ofHours(1), Duration.ofHours(1), 1, 5, Duration.ofHours(1));

    for (int attempts = 1; attempts < 100; attempts++) {
      assertEquals(Duration.ofHours(1), redelivery.delay(attempts));
    }
  }
}
