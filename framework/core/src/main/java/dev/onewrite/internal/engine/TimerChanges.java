package dev.onewrite.internal.engine;

import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.TimerSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The timers that an open turn has set and cancelled so far. */
final class TimerChanges {

  /** 100 years: whoever means never sets no timer, and what is stored are milliseconds. */
  private static final Duration DELAY_MAX = Duration.ofDays(36_525);

  private final long turn;
  private final Instant now;
  private final Map<String, String> named;
  private final List<TimerSet> set = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();

  /**
   * No changes yet.
   *
   * @param turn the number of the turn; makes the ids of its timers unique in the entity's history
   * @param now when it began, as exactly as it is known: no timer is early by a fraction of it
   * @param named ids of the pending named timers; changed by this
   */
  TimerChanges(long turn, Instant now, Map<String, String> named) {
    this.turn = turn;
    this.now = now;
    this.named = named;
  }

  void start(String name, Duration delay, Payload message) {
    checkLimit(set.size());
    Instant due = due(name, delay);
    cancel(name);
    String id = name + "#" + turn + "." + set.size();
    add(new TimerSet(id, name, due, message));
    named.put(name, id);
  }

  boolean cancel(String name) {
    String id = named.remove(name);
    if (id == null) {
      return false;
    }
    cancelId(id);
    return true;
  }

  /** A timer of the machine. */
  void startId(String id, Duration delay) {
    add(new TimerSet(id, null, due(id, delay), null));
  }

  /** In whole milliseconds, upwards. */
  private Instant due(String timer, Duration delay) {
    if (delay.compareTo(DELAY_MAX) > 0 || delay.compareTo(DELAY_MAX.negated()) < 0) {
      throw new RefusedException(
          "OW119",
          "Timer \""
              + timer
              + "\" was given a delay of "
              + delay
              + "; up to "
              + DELAY_MAX.toDays()
              + " days are taken. The turn is not journaled. Give it a shorter delay.");
    }
    Instant exact = now.plus(delay);
    Instant due = exact.truncatedTo(ChronoUnit.MILLIS);
    return due.equals(exact) ? due : due.plusMillis(1);
  }

  void cancelId(String id) {
    boolean ofThisTurn = set.removeIf(timer -> timer.id().equals(id));
    if (!ofThisTurn) {
      checkLimit(cancelled.size());
      cancelled.add(id);
    }
  }

  private void add(TimerSet timer) {
    checkLimit(set.size());
    set.add(timer);
  }

  private static void checkLimit(int size) {
    if (size == Batch.TIMERS_MAX) {
      throw new RefusedException(
          "OW104",
          "A turn sets or cancels more than "
              + Batch.TIMERS_MAX
              + " timers. It is not journaled. Go on in a further turn by sending yourself a"
              + " message.");
    }
  }

  List<TimerSet> set() {
    return set;
  }

  List<String> cancelled() {
    return cancelled;
  }
}
