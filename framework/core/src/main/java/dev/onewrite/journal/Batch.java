package dev.onewrite.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn, as one journal row.
 *
 * <pre>
 *   Batch
 *   ├─ cause       Delivered | Requested | Fired | Completed    what started the turn; the dedupe key
 *   ├─ events      0..n   machine events, in order    for people; recovery does not read them
 *   ├─ outcome     machine state, context?            the state after the turn
 *   ├─ outgoings   0..OUTGOINGS_MAX                   each with its own UUIDv7
 *   ├─ timers      0..n   set
 *   ├─ cancelled   0..n   ids of timers cancelled
 *   ├─ reply       what an ask was answered
 *   ├─ refusal     why the message was refused for good; nothing of what its handler did is here
 *   ├─ at          the time of the turn, in milliseconds
 *   └─ trace       trace context, if there was one
 * </pre>
 */
public record Batch(
    Cause cause,
    List<Payload> events,
    Outcome outcome,
    List<Outgoing> outgoings,
    List<TimerSet> timers,
    List<String> cancelled,
    @Nullable Payload reply,
    @Nullable String refusal,
    Instant at,
    @Nullable String trace) {

  /** The batch of a message that was refused for good. */
  public Batch refused(String reason) {
    return new Batch(
        cause, events, outcome, outgoings, timers, cancelled, reply, reason, at, trace);
  }

  /** 1,000. At 1 KiB a message one batch stays near 1 MiB, a row every store takes. */
  public static final int OUTGOINGS_MAX = 1_000;

  /** 1,000 set or cancelled, for the same reason. */
  public static final int TIMERS_MAX = 1_000;

  /** 8 MiB of values, of all parts together: a row that every store takes in one statement. */
  public static final int BYTES_MAX = 8 << 20;

  public Batch {
    events = List.copyOf(events);
    outgoings = List.copyOf(outgoings);
    timers = List.copyOf(timers);
    cancelled = List.copyOf(cancelled);
    at = at.truncatedTo(ChronoUnit.MILLIS); // what is stored; else it would differ after recovery
  }
}
