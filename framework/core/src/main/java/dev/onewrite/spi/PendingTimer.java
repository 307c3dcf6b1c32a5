package dev.onewrite.spi;

import java.time.Instant;

/**
 * A timer that has still to fire, as the index by due time has it.
 *
 * @param row the sequence number of the entity's row that set it; 0 if that is not known. An entity
 *     that has not read so far must not say that it waits for no such timer.
 */
public record PendingTimer(String persistenceId, String timerId, Instant due, long row) {

  /** The same timer at another time. */
  public PendingTimer at(Instant later) {
    return new PendingTimer(persistenceId, timerId, later, row);
  }

  public Key key() {
    return new Key(persistenceId, timerId);
  }

  /** One timer of one entity. */
  public record Key(String persistenceId, String timerId) {}
}
