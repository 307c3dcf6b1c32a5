package dev.onewrite.internal.inspect;

import dev.onewrite.component.Address;
import dev.onewrite.inspect.Finding;
import dev.onewrite.journal.Position;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Events that a group has passed without a trace, and may have had no subscription for. */
final class Unheard {

  /*
   * Who subscribes stands in no row, and a group that has passed an event does not come back to it
   * for a subscription that a later release adds. So an event without a trace is lost only if the
   * group was subscribed when it passed; and that it was is known from the first event of this type
   * that left a trace in the group: whatever was emitted after it is heard too. What was emitted
   * before may have had no subscription. Nothing in the store tells that from a loss.
   */

  /** 100 bytes or so for each type of event that a component subscribes to. */
  private final Map<Subscribed, Position> firstHeard = new HashMap<>();

  private final Map<Subscribed, Passed> passed = new LinkedHashMap<>();

  /** A component and the name of a type of event. */
  private record Subscribed(String group, String event) {}

  /** How many events, and the last one of them. */
  private record Passed(long count, UUID id, Address sender, Position position) {

    Passed and(Passed other) {
      Passed last = other.position.isAfter(position) ? other : this;
      return new Passed(count + other.count, last.id, last.sender, last.position);
    }
  }

  /** An event emitted at {@code position} has left a trace in {@code group}. */
  void heard(String group, String event, Position position) {
    firstHeard.merge(new Subscribed(group, event), position, Position::least);
  }

  /** Whether no event of this type that was emitted before has left a trace. */
  boolean mayPrecede(String group, String event, Position position) {
    Position first = firstHeard.get(new Subscribed(group, event));
    return first == null || first.isAfter(position);
  }

  void add(String group, String event, OutgoingCheck.Sent sent, UUID id) {
    passed.merge(
        new Subscribed(group, event),
        new Passed(1, id, sent.sender(), sent.position()),
        Passed::and);
  }

  /** One warning a type: after a release there may be a million events. */
  void report(Report report) {
    passed.forEach(
        (subscribed, events) ->
            report.find(
                Finding.Kind.EVENT_UNHEARD,
                "events " + subscribed.event() + " for group " + subscribed.group(),
                "the group has passed %,d deliveries of them, the last of outgoing %s of %s at %s,"
                        .formatted(events.count(), events.id(), events.sender(), events.position())
                    + " without a trace, and none that was emitted before has left one: it"
                    + " subscribed later, or they are lost"));
  }
}
