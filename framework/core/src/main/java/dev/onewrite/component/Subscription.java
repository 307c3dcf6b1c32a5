package dev.onewrite.component;

import java.util.Collection;
import java.util.function.Function;

/**
 * Which emitted events reach a component, and which of its entities.
 *
 * @param receivers the entity ids an event goes to; pure, and the same for ever for one event, as
 *     it may be asked again after a crash
 */
public record Subscription<S, C, E, T>(
    Class<T> type, Function<T, Collection<String>> receivers, Handling<S, C, E, T> handling) {}
