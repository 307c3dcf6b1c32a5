package dev.onewrite.machine;

import java.time.Instant;

/**
 * Where and when a guard or an action runs. Valid only during the call it was handed to.
 *
 * @param <S> state ids
 */
public sealed interface Moment<S> permits Run {
  /** The instant the caller gave; {@link Instant#EPOCH} if the machine was started without one. */
  Instant now();

  /**
   * Whether {@code state} is active at this moment: between the exits and the entries of a
   * transition, what was left is not active any more and what will be entered is not active yet.
   *
   * @throws MachineException OW010 if the machine has no such state
   */
  boolean in(S state);
}
