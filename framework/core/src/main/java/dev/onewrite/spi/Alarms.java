package dev.onewrite.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a node knows of timers: which ones a row sets and ends, and how to fire one. */
public interface Alarms {

  /** What one row changes. */
  record Change(List<PendingTimer> set, List<PendingTimer.Key> gone) {
    public boolean isEmpty() {
      return set.isEmpty() && gone.isEmpty();
    }
  }

  /**
   * What this row changes, whether or not this node has its component.
   *
   * @throws dev.onewrite.component.OnewriteException if the row cannot be read
   */
  Change change(TailRow row);

  /**
   * Tells the entity that a timer is due.
   *
   * <p><b>When.</b> The stage completes after the commit of the timer's turn, or at once if the
   * entity does not wait for it any more.
   *
   * <p><b>Failure.</b> It fails if the turn failed, or no answer came: fire it again.
   */
  CompletionStage<Void> fire(PendingTimer timer);
}
