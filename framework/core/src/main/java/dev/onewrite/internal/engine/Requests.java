package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The last requests this entity handled and what each was replied. */
public final class Requests {

  /*
   * Of what is forgotten only a time stays: the latest in the ids of the forgotten, where they have
   * one (UUIDv7). An id that is unknown and not later may be one of them, and nobody can tell: it is
   * refused, so that a late repetition never runs twice. An id without a time cannot be told from a
   * new one. Ids that a node makes itself have none, as nobody can repeat them.
   */

  private static final int WITH_TIME = 7;

  private final int retained;
  private final Map<String, Recorded> known = new LinkedHashMap<>();
  private long forgotten;

  private record Recorded(Optional<Payload> reply, long fingerprint) {}

  Requests(int retained) {
    this.retained = retained;
  }

  public boolean handled(String requestId) {
    return known.containsKey(requestId);
  }

  /** The recorded reply; absent if the request's turn gave none. */
  public Optional<Payload> reply(String requestId) {
    Recorded recorded = known.get(requestId);
    return recorded == null ? Optional.empty() : recorded.reply();
  }

  /**
   * Checks that {@code request} is the one that was handled under its id, or can be told from all
   * that were, and is not too old. This is asked where a message comes in, and never of what is
   * journaled: the clock has no say in what has happened.
   *
   * @param retainedFor how old an id with a time may be that is not remembered
   * @throws RefusedException OW171 if another message was handled under this id, OW172 if it may
   *     have been handled and forgotten, OW173 if it is too old
   */
  public void check(Address entity, Cause.Requested request, Instant now, Duration retainedFor) {
    String id = request.requestId();
    Recorded recorded = known.get(id);
    if (recorded == null) {
      if (timeOf(id) <= forgotten) {
        throw new RefusedException(
            "OW172",
            "Request "
                + id
                + " may have been handled by "
                + entity
                + " and forgotten: it remembers its last "
                + retained
                + " requests, and this id is no later than one of those before. Nothing was done."
                + " Look at the entity's state, and send a new request if it is needed still; raise"
                + " onewrite.requests-retained if clients come back later than that.");
      }
      if (timeOf(id) < now.minus(retainedFor).toEpochMilli()) {
        throw new RefusedException(
            "OW173",
            "Request "
                + id
                + " for "
                + entity
                + " was made at "
                + Instant.ofEpochMilli(timeOf(id))
                + ", longer ago than onewrite.requests-retained-for allows ("
                + retainedFor
                + "), and is not remembered. Nothing was done. Look at the entity's state, and send"
                + " a new request if it is needed still.");
      }
    } else if (recorded.fingerprint() != 0
        && request.fingerprint() != 0
        && recorded.fingerprint() != request.fingerprint()) {
      throw new RefusedException(
          "OW171",
          "Under the id "
              + id
              + " "
              + entity
              + " has handled another message. This one was not handled. Give each message an id of"
              + " its own, and the same one only when the same message is sent again.");
    }
  }

  /** The time in a UUIDv7; of any other id the end of time, which is forgotten never. */
  private static long timeOf(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.version() == WITH_TIME && uuid.toString().equalsIgnoreCase(id)
          ? uuid.getMostSignificantBits() >>> 16
          : Long.MAX_VALUE;
    } catch (IllegalArgumentException e) {
      return Long.MAX_VALUE;
    }
  }

  void apply(Cause.Requested request, @Nullable Payload reply) {
    record(request.requestId(), reply, request.fingerprint());
  }

  void restore(StoredState stored) {
    forgotten = stored.forgotten();
    stored
        .replies()
        .forEach(reply -> record(reply.requestId(), reply.payload(), reply.fingerprint()));
  }

  private void record(String id, @Nullable Payload reply, long fingerprint) {
    known.put(id, new Recorded(Optional.ofNullable(reply), fingerprint));
    if (known.size() > retained) {
      String oldest = known.keySet().iterator().next();
      known.remove(oldest);
      long time = timeOf(oldest);
      forgotten = time == Long.MAX_VALUE ? forgotten : Math.max(forgotten, time);
    }
  }

  int size() {
    return known.size();
  }

  long forgotten() {
    return forgotten;
  }

  /** For a snapshot, oldest first. */
  List<StoredState.Reply> stored() {
    List<StoredState.Reply> replies = new ArrayList<>(known.size());
    known.forEach(
        (id, recorded) ->
            replies.add(
                new StoredState.Reply(id, recorded.reply().orElse(null), recorded.fingerprint())));
    return replies;
  }
}
