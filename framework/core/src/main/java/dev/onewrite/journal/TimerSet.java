package dev.onewrite.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timer that a turn set.
 *
 * @param id unique in the entity's history, so that a late one is known from its successor
 * @param name what the handler calls it; null for a timer of the machine
 * @param due when it fires, in whole milliseconds
 * @param payload what it brings when it fires; null for a timer of the machine, whose id says all
 */
public record TimerSet(String id, @Nullable String name, Instant due, @Nullable Payload payload) {

  public TimerSet {
    due = due.truncatedTo(ChronoUnit.MILLIS); // what is stored; else it would differ after recovery
  }
}
