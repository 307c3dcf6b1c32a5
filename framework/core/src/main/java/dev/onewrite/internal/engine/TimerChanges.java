package dev.onewrite.internal.engine;

import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.TimerSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The timers that an open turn has set and cancelled so far. */
final class TimerChanges {

  private final long turn;
  private final Map<String, String> named;
  private final List<TimerSet> set = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();

  /**
   * No changes yet.
   *
   * @param turn the number of the turn; makes the ids of its timers unique in the entity's history
   * @param named ids of the pending named timers; changed by this
   */
  TimerChanges(long turn, Map<String, String> named) {
    this.turn = turn;
    this.named = named;
  }

  void start(String name, Instant due, Payload message) {
    checkLimit(set.size());
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
  void startId(String id, Instant due) {
    add(new TimerSet(id, null, due, null));
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
