package dev.onewrite.internal.engine;

import dev.onewrite.internal.codec.PayloadCodec;
import java.util.function.Predicate;

/**
 * What an open turn needs of its node.
 *
 * @param ids of outgoings
 * @param payloads how values are journaled
 * @param hasComponent whether messages to a component of this name would ever be delivered
 * @param steps told of what the machine does, for tests and tools
 */
public record Surroundings(
    Ids ids, PayloadCodec payloads, Predicate<String> hasComponent, Steps steps) {

  /** Nobody watches. */
  public Surroundings(Ids ids, PayloadCodec payloads, Predicate<String> hasComponent) {
    this(ids, payloads, hasComponent, Steps.UNWATCHED);
  }
}
