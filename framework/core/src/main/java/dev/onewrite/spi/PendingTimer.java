package dev.onewrite.spi;

import java.time.Instant;

/** A timer that has still to fire, as the index by due time has it. */
public record PendingTimer(String persistenceId, String timerId, Instant due) {

  public Key key() {
    return new Key(persistenceId, timerId);
  }

  /** One timer of one entity. */
  public record Key(String persistenceId, String timerId) {}
}
