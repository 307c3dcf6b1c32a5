package dev.onewrite.protocol;

import dev.onewrite.journal.Position;
import dev.onewrite.protocol.Scenario.Range;
import dev.onewrite.spi.SetAsideRow;
import org.jspecify.annotations.Nullable;

/** What one process that forwards has in memory. Sets of messages and senders are bits. */
final class Worker implements Cloneable {

  /** How far it has come. */
  enum Phase {
    ABSENT,
    /** Only where that is the flaw. */
    ROWS_READ_FIRST,
    OFFSET_READ,
    /** The first of floor and rows is known, too. */
    HALF,
    RUNNING,
    DEAD
  }

  final Range range;
  Phase phase = Phase.ABSENT;
  Position cursor = Position.START;
  int unsettled;
  int waiting;

  /** Which messages are looked up before they are sent, a bit each. */
  int known;

  byte[] failed;
  Position floor = Position.START;
  Position[] promise;
  Position skipped = Position.START;
  @Nullable Position bound;
  @Nullable Position[] halfHolds;
  @Nullable SetAsideRow[] retrying;

  Worker(Range range, int messages, int receivers, int sequences) {
    this.range = range;
    failed = new byte[messages];
    promise = new Position[receivers];
    java.util.Arrays.fill(promise, Position.START);
    retrying = new SetAsideRow[sequences];
  }

  Worker copy() {
    try {
      Worker copy = (Worker) clone();
      copy.failed = failed.clone();
      copy.promise = promise.clone();
      copy.retrying = retrying.clone();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  void settle(int message) {
    unsettled &= ~(1 << message);
    waiting &= ~(1 << message);
    failed[message] = 0;
  }

  boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  boolean isIdle() {
    for (SetAsideRow row : retrying) {
      if (row != null) {
        return false;
      }
    }
    return phase == Phase.RUNNING && unsettled == 0;
  }

  void into(Fingerprint print) {
    print.add(phase.ordinal());
    print.add(unsettled | waiting << 8 | known << 16);
    print.add(cursor);
    for (byte count : failed) {
      print.add(count);
    }
    print.add(floor);
    print.add(skipped);
    for (Position position : promise) {
      print.add(position);
    }
    print.add(bound);
    if (halfHolds != null) {
      for (Position hold : halfHolds) {
        print.add(hold);
      }
      print.add(77);
    }
    for (SetAsideRow row : retrying) {
      World.into(print, row);
    }
  }
}
