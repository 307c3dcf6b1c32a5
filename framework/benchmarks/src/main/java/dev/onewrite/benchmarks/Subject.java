package dev.onewrite.benchmarks;

/**
 * A chart in one library, with the state it is in. A benchmark measures {@link #step}; a test asks
 * the rest.
 *
 * @param <S> the chart's states
 */
interface Subject<S extends Enum<S>> {

  /** Handles {@link Go#GO} once. What it returns keeps the work from being optimised away. */
  Object step();

  /** Whether {@code state} is active. */
  boolean in(S state);

  /** What the assigns made of the context so far. */
  Count count();
}
