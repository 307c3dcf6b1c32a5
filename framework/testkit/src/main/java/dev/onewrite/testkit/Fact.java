package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.machine.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a turn did, as a test names it. */
record Fact(Part part, Object value) {

  /** A message to one address. */
  record Sending(Address to, Object message) {
    @Override
    public String toString() {
      return message + " to " + to;
    }
  }

  /** A call to the outside. */
  record Calling(String activity, Object input) {
    @Override
    public String toString() {
      return activity + " with " + input;
    }
  }

  /**
   * A timer.
   *
   * @param name a handler's name for it, or the state that waits
   * @param message what a handler's timer brings
   */
  record Timing(String name, Duration delay, @Nullable Object message) {
    @Override
    public String toString() {
      return (message == null ? "of state " + name : "\"" + name + "\" with " + message)
          + " in "
          + Story.spoken(delay);
    }
  }

  @Override
  public String toString() {
    return part.noun() + " " + value;
  }

  /** All that a batch says to others, in order, its reply last. */
  static List<Fact> of(Batch batch, PayloadCodec payloads) {
    List<Fact> facts = new ArrayList<>();
    for (Outgoing outgoing : batch.outgoings()) {
      Object value = payloads.decode(outgoing.payload());
      facts.add(
          outgoing.match(
              sent -> new Fact(Part.SENDS, new Sending(sent.to(), value)),
              emitted -> new Fact(Part.EMITS, value),
              invoked -> new Fact(Part.ACTIVITIES, new Calling(invoked.name(), value))));
    }
    for (TimerSet timer : batch.timers()) {
      facts.add(new Fact(Part.TIMERS, timing(timer, batch, payloads)));
    }
    if (batch.reply() != null) {
      facts.add(new Fact(Part.REPLY, payloads.decode(batch.reply())));
    }
    return facts;
  }

  private static Timing timing(TimerSet timer, Batch batch, PayloadCodec payloads) {
    Duration delay = Duration.between(batch.at(), timer.due());
    if (timer.name() != null && timer.payload() != null) {
      return new Timing(timer.name(), delay, payloads.decode(timer.payload()));
    }
    for (Recorded.Timer known : batch.outcome().machine().timers()) {
      if (known.id().equals(timer.id())) {
        return new Timing(known.state() == null ? known.slot() : known.state(), delay, null);
      }
    }
    throw new AssertionError("a timer that the machine set and does not know: " + timer);
  }
}
