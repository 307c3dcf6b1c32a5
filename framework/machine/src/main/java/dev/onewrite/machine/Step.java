package dev.onewrite.machine;

import java.util.List;

/**
 * What one call to the machine came to: one macrostep, a value.
 *
 * @param snapshot the machine afterwards
 * @param effects what the runner must do now, in order
 * @param microsteps how many sets of transitions ran, {@code always} and raised events included; at
 *     most {@link Machine#MICROSTEPS_MAX}
 * @param taken whether the event was taken. If not, nothing ran and the snapshot is the one given;
 *     only a timer or an activity that has ended is no longer listed in it, and what limited the
 *     activity is cancelled. A {@code start} is always taken
 * @param transitions the transitions that ran, in order
 */
public record Step<S, C, E>(
    Snapshot<S, C> snapshot,
    List<Effect> effects,
    int microsteps,
    boolean taken,
    List<Transition<S, E>> transitions) {}
