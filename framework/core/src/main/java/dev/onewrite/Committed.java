package dev.onewrite;

import dev.onewrite.component.Address;
import java.util.List;

/**
 * A committed state, as an observer is shown it.
 *
 * @param turn how many batches led to it; grows with every state shown
 * @param states the active leaf states, by name
 * @param tags what the active states are tagged with, outer states before inner ones
 */
public record Committed<C>(
    Address entity, long turn, List<String> states, List<String> tags, C context) {}
