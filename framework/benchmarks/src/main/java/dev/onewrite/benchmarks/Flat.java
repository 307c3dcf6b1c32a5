package dev.onewrite.benchmarks;

/**
 * Two states, no hierarchy. The event goes to the other one and counts.
 *
 * <pre>
 *   ONE ──go / count──▶ TWO
 *   ONE ◀──go / count── TWO
 * </pre>
 */
enum Flat {
  ONE,
  TWO
}
