package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.engine.Routes;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.machine.Recorded;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.TailRow;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Stands for entities that are not in the test, and whose messages come all the same. */
final class Sender {

  private static final Recorded NOTHING =
      new Recorded("sender", 1, List.of(), Map.of(), List.of(), List.of(), 0, false, null);

  private final Bench bench;
  private long rows;

  Sender(Bench bench) {
    this.bench = bench;
  }

  Supplier<Turned> emitted(Address from, Object event, TestEntity<?, ?, ?> to) {
    Payload payload = bench.payloads().encode(event);
    return delivered(from, new Outgoing.Emitted(id(), payload), event, to);
  }

  Supplier<Turned> sent(Address from, Object message, TestEntity<?, ?, ?> to) {
    Payload payload = bench.payloads().encode(message);
    return delivered(from, new Outgoing.Sent(id(), to.self(), payload), message, to);
  }

  private UUID id() {
    return new UUID(0x7000L, ++rows);
  }

  /** Whether it goes there at all is asked of the component's own subscriptions. */
  private Supplier<Turned> delivered(
      Address from, Outgoing outgoing, Object message, TestEntity<?, ?, ?> to) {
    List<Delivery> deliveries =
        new Routes(to.definition(), bench.payloads()).deliveries(row(from, outgoing));
    for (Delivery delivery : deliveries) {
      if (delivery.receiver().equals(to.self())) {
        return () -> to.deliver(delivery);
      }
    }
    if (deliveries.isEmpty()) {
      throw Misuse.of(
          to.self().component()
              + " does not subscribe to "
              + message.getClass().getSimpleName()
              + "; if another entity sends it with turn.send(...), say whenSent(from, message)");
    }
    throw Misuse.of(
        message
            + " does not go to "
            + to.self()
            + " but to "
            + deliveries.stream().map(Delivery::receiver).toList()
            + "; give the scene the id(...) that subscribe(...) says");
  }

  private TailRow row(Address from, Outgoing outgoing) {
    Batch batch =
        new Batch(
            new Cause.Requested("sender"),
            List.of(),
            new Outcome(NOTHING, null),
            List.of(outgoing),
            List.of(),
            List.of(),
            null,
            null,
            bench.disk().now(),
            null);
    String id = from.persistenceId();
    byte[] bytes = bench.batches().encode(id, rows, batch);
    JournalRow row = new JournalRow(id, rows, "test", BatchCodec.MANIFEST, bytes, 0);
    return new TailRow(Position.of(0, rows), row);
  }
}
