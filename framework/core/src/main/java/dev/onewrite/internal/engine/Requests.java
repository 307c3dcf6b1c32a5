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
   *
   * A time far ahead, once forgotten, would refuse every honest request until then. So an id from
   * the future is never taken, and the bound is never further ahead than a clock may be.
   */

  private static final int WITH_TIME = 7;

  private final int retained;
  private final Map<String, Recorded> known = new LinkedHashMap<>();
  private long forgotten;

  /**
   * What times in ids are judged by.
   *
   * @param retainedFor how old an id may be that is not remembered
   * @param aheadMax how far ahead of {@code now} an id may be that is not remembered
   */
  record Times(Instant now, Duration retainedFor, Duration aheadMax) {}

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
   * @throws RefusedException OW171 if another message was handled under this id, OW172 if it may
   *     have been handled and forgotten, OW173 if it is too old, OW174 if it is from the future
   */
  void check(Address entity, Cause.Requested request, Times times) {
    String id = request.requestId();
    Recorded recorded = known.get(id);
    if (recorded == null) {
      checkTime(entity, id, times);
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

  private void checkTime(Address entity, String id, Times times) {
    long time = timeOf(id);
    if (time == Long.MAX_VALUE) {
      return;
    }
    if (time > times.now().plus(times.aheadMax()).toEpochMilli()) {
      throw fromTheFuture(entity, id, times);
    }
    if (time <= forgotten) {
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
    if (time < times.now().minus(times.retainedFor()).toEpochMilli()) {
      throw new RefusedException(
          "OW173",
          "Request "
              + id
              + " for "
              + entity
              + " was made at "
              + Instant.ofEpochMilli(time)
              + ", longer ago than onewrite.requests-retained-for allows ("
              + times.retainedFor()
              + "), and is not remembered. Nothing was done. Look at the entity's state, and send"
              + " a new request if it is needed still.");
    }
  }

  private static RefusedException fromTheFuture(Address entity, String id, Times times) {
    return new RefusedException(
        "OW174",
        "Request "
            + id
            + " for "
            + entity
            + " was made at "
            + Instant.ofEpochMilli(timeOf(id))
            + " by its id, and here it is "
            + times.now()
            + ": further ahead than onewrite.requests-ahead-max allows ("
            + times.aheadMax()
            + "). Nothing was done. Mend the caller's clock, or this node's, and send a new request;"
            + " taken, this id would make the entity refuse later ones (OW172).");
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
