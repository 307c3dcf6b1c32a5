package dev.onewrite.internal.engine;

import dev.onewrite.internal.codec.PayloadCodec;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What turns, and what opens them, need of their node.
 *
 * @param ids of outgoings
 * @param payloads how values are journaled
 * @param hasComponent whether messages to a component of this name would ever be delivered
 * @param steps told of what the machine does, for tests and tools
 * @param requestsAheadMax how far the time in a request's id may be ahead of the clock
 */
public record Surroundings(
    Ids ids,
    PayloadCodec payloads,
    Predicate<String> hasComponent,
    Steps steps,
    Duration requestsAheadMax) {

  /** As {@code onewrite.requests-ahead-max} by default. */
  public static final Duration REQUESTS_AHEAD_MAX = Duration.ofMinutes(5);

  /** Nobody watches. */
  public Surroundings(Ids ids, PayloadCodec payloads, Predicate<String> hasComponent) {
    this(ids, payloads, hasComponent, Steps.UNWATCHED, REQUESTS_AHEAD_MAX);
  }
}
