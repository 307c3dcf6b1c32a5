package dev.onewrite.store.postgres;

import java.time.Duration;

/** Since when the same transaction has held back the tail. Time comes in as a value. */
final class HeldTail {

  private long oldest;
  private long sinceNanos;
  private boolean held;

  /**
   * One look at the database cluster's transactions.
   *
   * @param oldestOpen the oldest that is open; the tail ends below it
   * @param next one above the last that has ended: equal to the oldest if nothing waits behind it
   * @return how long {@code oldestOpen} has been seen open
   */
  Duration look(long oldestOpen, long next, long nowNanos) {
    if (oldestOpen == next) {
      held = false;
      return Duration.ZERO;
    }
    if (!held || oldestOpen != oldest) {
      held = true;
      oldest = oldestOpen;
      sinceNanos = nowNanos;
    }
    return Duration.ofNanos(nowNanos - sinceNanos);
  }
}
