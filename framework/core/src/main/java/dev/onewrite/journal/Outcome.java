package dev.onewrite.journal;

import dev.onewrite.machine.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * The state after a turn. Recovery reads this and runs no code of the component.
 *
 * @param machine configuration, history and what else the machine keeps besides its context
 * @param context the context; null if this turn did not change it
 */
public record Outcome(Recorded machine, @Nullable Payload context) {}
