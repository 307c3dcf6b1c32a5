package dev.onewrite.spi;

import dev.onewrite.journal.SliceRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All pending timers by due time: an index of the journal, kept by a group of its own. What is
 * pending is decided by the entity; a row too many costs one question to it. Every method may
 * block.
 */
public interface Timers {

  /** Adds and removes timers, in one transaction that is durable when this returns. */
  void change(List<PendingTimer> set, List<PendingTimer.Key> gone);

  /**
   * The timers of these slices that are due at {@code now}, earliest first, at most {@code max}.
   * Those due at the same time are ordered by timer id: an entity takes one at a time, so the first
   * few have to be of many entities, and not all of one.
   */
  List<PendingTimer> due(SliceRange slices, Instant now, int max);

  /**
   * The earliest time after {@code after}, itself excluded, at which a timer of these slices is
   * due.
   */
  Optional<Instant> next(SliceRange slices, Instant after);
}
