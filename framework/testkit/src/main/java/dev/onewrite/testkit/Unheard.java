package dev.onewrite.testkit;

import dev.onewrite.component.Component;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** Events that no component subscribes to. */
final class Unheard {

  private final List<Component<?>> components;
  private int expected;

  Unheard(List<Component<?>> components) {
    this.components = components;
  }

  void expect(OneProcess process, List<Object> events, Story story) {
    List<Object> found = since(process);
    if (!found.equals(events)) {
      throw new AssertionFailedError(
          "expected that nobody hears\n           "
              + Story.lines(events)
              + "\n  found:   "
              + Story.lines(found)
              + "\n"
              + story,
          events,
          found);
    }
    expected += found.size();
  }

  void checkNone(OneProcess process, Story story) {
    List<Object> found = since(process);
    if (!found.isEmpty()) {
      throw new AssertionFailedError(
          "nobody here subscribes to\n           "
              + Story.lines(found)
              + "\n  look at it with unheard(...), or say ignoringRest()\n"
              + story);
    }
  }

  private List<Object> since(OneProcess process) {
    List<Object> all = new ArrayList<>();
    Bench bench = process.bench();
    for (TailRow row : bench.disk().committed(Position.START)) {
      for (Outgoing outgoing : BatchCodec.envelope(row.row()).outgoings()) {
        if (outgoing instanceof Outgoing.Emitted emitted) {
          Object event = Unread.orValue(emitted.payload(), bench.payloads());
          if (!isHeard(event)) {
            all.add(event);
          }
        }
      }
    }
    return List.copyOf(all.subList(expected, all.size()));
  }

  private boolean isHeard(Object event) {
    return components.stream()
        .flatMap(component -> component.definition().subscriptions().stream())
        .anyMatch(subscription -> subscription.type().isInstance(event));
  }
}
