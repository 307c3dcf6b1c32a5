package dev.onewrite.component;

import java.time.Duration;

/**
 * The named timers of an entity. They are part of the turn's batch: set and cancelled with the
 * commit, or not at all.
 *
 * <p><b>When.</b> A timer fires once, when its time has come or soon after, also if the process
 * died or the entity left memory meanwhile; never early.
 *
 * <p><b>Limit.</b> {@value dev.onewrite.journal.Batch#TIMERS_MAX} set or cancelled a turn (OW104),
 * each due within 100 years (OW119). Pending timers are rows of the store; while their entity is in
 * memory, it holds their messages.
 */
public interface TurnTimers {

  /**
   * Starts a timer, instead of the pending one of this name if there is one.
   *
   * @param delay from the time of the turn; where it is negative, the timer is overdue at once
   * @param message what the entity is sent when it fires; handled as a message of its own
   * @throws RefusedException OW103 if the handler has already returned, OW102 and OW108 as for
   *     {@link Turn#emit}, OW101 for a name that cannot be kept, OW119 for a delay of more than 100
   *     years
   */
  void start(String name, Duration delay, Object message);

  /** Cancels the pending timer of this name; says whether there was one. */
  boolean cancel(String name);
}
