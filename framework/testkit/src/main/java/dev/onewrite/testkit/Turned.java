package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one message came to at one entity.
 *
 * @param message what it was, for people
 * @param elapsed since the beginning of the test
 * @param steps what its machine did, also where the turn failed
 * @param batch what was journaled; null if nothing was
 * @param reply what the caller is told; null for nothing
 * @param failure why the turn failed; null if it did not
 * @param states the states it left active
 * @param context the context it left
 */
record Turned(
    Address entity,
    String message,
    Duration elapsed,
    List<Made> steps,
    @Nullable Batch batch,
    @Nullable Payload reply,
    @Nullable Throwable failure,
    Set<Object> states,
    Object context) {

  /** Whether the message was one that had been dealt with before, or a question. */
  boolean journaledNothing() {
    return batch == null && failure == null;
  }
}
