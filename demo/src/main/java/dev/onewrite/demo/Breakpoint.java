package dev.onewrite.demo;

import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops the thread that passes {@code point} for the {@code passes}-th time, for ever, and says so.
 * All other threads go on until the driver's SIGKILL arrives: that is what a crash looks like.
 */
final class Breakpoint implements Faults {

  private final FaultPoint point;
  private final AtomicInteger passesLeft;
  private final Reports reports;

  Breakpoint(FaultPoint point, int passes, Reports reports) {
    this.point = point;
    this.passesLeft = new AtomicInteger(passes);
    this.reports = reports;
  }

  @Override
  public void reached(FaultPoint passed) {
    if (passed == point && passesLeft.decrementAndGet() == 0) {
      reports.send(new Report.Reached(point));
      while (true) {
        LockSupport.park(this);
      }
    }
  }
}
