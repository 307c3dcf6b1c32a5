package dev.onewrite.rig;

import dev.onewrite.rig.Counters.Count;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Counts what passes, and does at one point what the driver asked for. */
final class NodeFaults implements Faults {

  /** What happens at a point. */
  enum Deed {
    /** The thread stands still there, and says so; the driver's SIGKILL follows. */
    STOP,
    /** The passing thread fails there: a write that fails, an answer that is lost. */
    THROW
  }

  private record Armed(FaultPoint point, Deed deed, int passesLeft) {}

  private final Counters counters;
  private final Consumer<String> says;
  private Armed armed;

  NodeFaults(Counters counters, Consumer<String> says) {
    this.counters = counters;
    this.says = says;
  }

  synchronized void arm(FaultPoint point, Deed deed, int passes) {
    armed = new Armed(point, deed, passes);
  }

  /** Says so: whatever was reached before was told before. */
  synchronized void disarm() {
    armed = null;
    says.accept("disarmed");
  }

  @Override
  public void reached(FaultPoint point) {
    count(point);
    Deed deed = deedAt(point);
    if (deed == null) {
      return;
    }
    if (deed == Deed.THROW) {
      counters.set(Count.IN_FLIGHT, 0);
      throw new IllegalStateException("the rig made this fail at " + point);
    }
    while (true) {
      LockSupport.park(this);
    }
  }

  /** What is to happen now, if anything; it is told. */
  private synchronized Deed deedAt(FaultPoint point) {
    Armed now = armed;
    if (now == null || now.point() != point) {
      return null;
    }
    boolean last = now.passesLeft() == 1;
    armed = last ? null : new Armed(point, now.deed(), now.passesLeft() - 1);
    if (!last) {
      return null;
    }
    says.accept("reached " + point);
    return now.deed();
  }

  private void count(FaultPoint point) {
    switch (point) {
      case BEFORE_COMMIT -> {
        counters.add(Count.COMMITS);
        counters.set(Count.IN_FLIGHT, 1);
      }
      case AFTER_COMMIT -> counters.set(Count.IN_FLIGHT, 0);
      case DUPLICATE -> counters.add(Count.DROPPED);
      case BEFORE_FIRING -> counters.add(Count.FIRINGS);
      case BEFORE_ACTIVITY -> counters.add(Count.CALLS);
      case BEFORE_SNAPSHOT -> counters.add(Count.SNAPSHOTS);
      case BEFORE_ACKNOWLEDGEMENT,
          BEFORE_OFFSET,
          AFTER_ACTIVITY,
          BEFORE_SET_ASIDE,
          AFTER_SET_ASIDE,
          BEFORE_RETRY,
          AFTER_RETRY -> {}
    }
  }
}
