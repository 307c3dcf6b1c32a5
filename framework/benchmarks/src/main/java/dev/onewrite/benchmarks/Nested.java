package dev.onewrite.benchmarks;

/**
 * Three levels. The event is taken in the middle one: it leaves two states, counts, and enters two.
 *
 * <pre>
 *   WORK
 *   ├─ ONE ──go / count──▶ TWO
 *   │  └─ ONE_LEAF
 *   └─ TWO ──go / count──▶ ONE
 *      └─ TWO_LEAF
 * </pre>
 */
enum Nested {
  WORK,
  ONE,
  ONE_LEAF,
  TWO,
  TWO_LEAF
}
