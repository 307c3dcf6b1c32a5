package dev.onewrite.journal;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of an entity as a snapshot stores it.
 *
 * <pre>
 *   StoredState
 *   ├─ turns      how many batches are folded into it: the sequence number of the last
 *   ├─ outcome    machine state and context; the context is always there
 *   ├─ stable     the inbox's promise, and
 *   ├─ marks      0..n   the ids dealt with above it, each with its position, refusal?
 *   ├─ replies    0..n   the last requests, oldest first, each with its reply?, fingerprint?
 *   ├─ timers     0..n   named timers that are pending, each with its message
 *   ├─ invoked    0..n   ids of activities that handlers started and that have not ended
 *   └─ forgotten         the latest time in the ids of requests it has forgotten, in milliseconds; 0 of none
 * </pre>
 */
public record StoredState(
    long turns,
    Outcome outcome,
    Position stable,
    List<Mark> marks,
    List<Reply> replies,
    List<Timer> timers,
    List<String> invoked,
    long forgotten) {

  public StoredState {
    marks = List.copyOf(marks);
    replies = List.copyOf(replies);
    timers = List.copyOf(timers);
    invoked = List.copyOf(invoked);
  }

  /** A delivery dealt with. */
  public record Mark(UUID id, Position position, @Nullable String refusal) {}

  /**
   * A request dealt with.
   *
   * @param fingerprint of its message; 0 if it was recorded without
   */
  public record Reply(String requestId, @Nullable Payload payload, long fingerprint) {}

  /** A named timer that is pending. */
  public record Timer(String name, String id, Payload payload) {}
}
