package dev.onewrite.internal.codec;

import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.TimerSet;
import java.util.List;

/**
 * Of a batch what goes on from its entity: why there was a turn, what it sent, and which timers it
 * set and cancelled. It holds payloads and no values, so that it is read where the types of the
 * entity are unknown.
 *
 * @param refused whether the turn did nothing but refuse its message for good
 */
public record Envelope(
    Cause cause,
    List<Outgoing> outgoings,
    List<TimerSet> timers,
    List<String> cancelled,
    boolean refused) {

  public Envelope {
    outgoings = List.copyOf(outgoings);
    timers = List.copyOf(timers);
    cancelled = List.copyOf(cancelled);
  }
}
