package dev.onewrite.spi;

/**
 * What waits in one sequence, and behind what.
 *
 * @param first the one that the others wait behind
 * @param parked rows, the first one included
 * @param deferred rows, the first one included
 */
public record Backlog(Sequence sequence, SetAsideRow first, long parked, long deferred) {}
