package dev.onewrite.benchmarks;

/**
 * {@link Nested} twice, side by side. One event is taken in both regions: it leaves four states,
 * counts twice, and enters four.
 *
 * <pre>
 *   WORK, parallel
 *   ├─ LEFT, a region
 *   │  ├─ LEFT_ONE ──go / count──▶ LEFT_TWO
 *   │  │  └─ LEFT_ONE_LEAF
 *   │  └─ LEFT_TWO ──go / count──▶ LEFT_ONE
 *   │     └─ LEFT_TWO_LEAF
 *   └─ RIGHT, a region, likewise
 * </pre>
 */
enum Regions {
  WORK,
  /** A state of its own in Onewrite, as in every SCXML-like chart; a mere name in Spring. */
  LEFT,
  LEFT_ONE,
  LEFT_ONE_LEAF,
  LEFT_TWO,
  LEFT_TWO_LEAF,
  RIGHT,
  RIGHT_ONE,
  RIGHT_ONE_LEAF,
  RIGHT_TWO,
  RIGHT_TWO_LEAF
}
