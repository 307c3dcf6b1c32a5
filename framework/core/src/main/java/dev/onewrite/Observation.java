package dev.onewrite;

/** A running {@link Ref#observe}. */
@FunctionalInterface
public interface Observation extends AutoCloseable {

  /** Ends it; a state that is being shown may still be shown to its end. */
  @Override
  void close();
}
