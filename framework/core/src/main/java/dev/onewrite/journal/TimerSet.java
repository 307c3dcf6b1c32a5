package dev.onewrite.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A timer that a turn set.
 *
 * @param payload what it brings when it fires; null for a timer of the machine, whose id says all
 */
public record TimerSet(String id, Instant due, @Nullable Payload payload) {}
