package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One key for each message of each entity. */
final class IdempotencyKey {

  private IdempotencyKey() {}

  static String of(Address entity, Cause cause) {
    String message =
        cause.match(
            delivered -> "delivered/" + delivered.id(),
            requested -> "requested/" + requested.requestId(),
            fired -> "fired/" + fired.timerId(),
            completed -> "completed/" + completed.activityId());
    String id = entity.persistenceId();
    // With its length in front, as either part may hold what parts them.
    byte[] name = (id.length() + "/" + id + "/" + message).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }
}
