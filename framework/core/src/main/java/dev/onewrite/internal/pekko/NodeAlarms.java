package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.OverdueTimers;
import dev.onewrite.component.RetryableException;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.Envelope;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.TailRow;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The timers of this node's components. */
final class NodeAlarms implements Alarms {

  private final Entities entities;
  private final Instant startedAt;
  private final Host host;
  private final Set<String> skipping = new HashSet<>();

  NodeAlarms(Entities entities, List<Component<?>> components, Instant startedAt, Host host) {
    this.entities = entities;
    this.startedAt = startedAt;
    this.host = host;
    for (Component<?> component : components) {
      if (component.definition().overdueTimers() == OverdueTimers.SKIP) {
        skipping.add(component.name());
      }
    }
  }

  @Override
  public Change change(TailRow tailRow) {
    String entity = tailRow.row().persistenceId();
    long row = tailRow.row().sequenceNumber();
    Envelope batch = BatchCodec.envelope(tailRow.row());
    List<PendingTimer> set =
        batch.timers().stream().map(t -> new PendingTimer(entity, t.id(), t.due(), row)).toList();
    // One that has fired is removed by whoever fired it, and asked for in vain if that was killed.
    List<PendingTimer.Key> gone =
        batch.cancelled().stream().map(id -> new PendingTimer.Key(entity, id)).toList();
    return new Change(set, gone);
  }

  @Override
  public CompletionStage<Void> fire(PendingTimer timer) {
    Address entity = Address.ofPersistenceId(timer.persistenceId());
    // Where others run before this node, what is late came due while they ran.
    boolean skip =
        skipping.contains(entity.component()) && timer.due().isBefore(startedAt) && host.ranFirst();
    return entities
        .bring(
            entity, replyTo -> new EntityMessage.Fire(timer.timerId(), timer.row(), skip, replyTo))
        .thenAccept(
            settlement -> {
              if (!settlement.settled()) {
                throw new RetryableException("OW124", settlement.reason());
              }
            });
  }
}
