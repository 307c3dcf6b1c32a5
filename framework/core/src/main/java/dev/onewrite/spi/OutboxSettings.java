package dev.onewrite.spi;

import java.time.Duration;

/**
 * How the outbox is forwarded: {@code onewrite.outbox}, where each of these has its explanation.
 *
 * @param flushInterval longest wait before looking for new batches unasked
 * @param workers workers a group
 * @param window batches of one worker under way at once
 * @param redelivery when a failed or silent delivery is tried again
 * @param offsetEvery batches after which an offset is stored
 * @param offsetWithin time after which it is stored in any case
 */
public record OutboxSettings(
    Duration flushInterval,
    int workers,
    int window,
    Redelivery redelivery,
    int offsetEvery,
    Duration offsetWithin) {

  /**
   * Doubling waits from the first to the longest.
   *
   * @param reportAfter attempts after which each further one is an incident
   * @param attemptsMax failures after which a message is refused for good
   * @param deferAfter silence after which a message is set aside
   */
  public record Redelivery(
      Duration delayFirst,
      Duration delayMax,
      int reportAfter,
      int attemptsMax,
      Duration deferAfter) {

    /** How long to wait after this many attempts (1 or more). */
    public Duration delay(int attempts) {
      long doubled = delayFirst.toMillis() << Math.min(attempts - 1, 20);
      return doubled < delayMax.toMillis() ? Duration.ofMillis(doubled) : delayMax;
    }
  }
}
