package dev.onewrite.component;

/**
 * A handler with the type it takes and the way it runs.
 *
 * @param type what it takes: a record, or a sealed interface of them
 * @param body every way as the asynchronous one; the inline and blocking ones return completed
 */
public record Handling<S, C, E, T>(Class<T> type, Mode mode, AsyncHandler<S, C, E, T> body) {

  /** Where a handler runs. */
  public enum Mode {
    /** In the actor; must not block. */
    INLINE,
    /** On a thread of its own (a virtual one where the JVM has them); may block. */
    BLOCKING,
    /** In the actor, until the stage it returned ends. */
    ASYNC
  }
}
