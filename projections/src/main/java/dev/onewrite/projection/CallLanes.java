package dev.onewrite.projection;

import dev.onewrite.component.Incident;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.TailRow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;

/**
 * Delivers the outgoings of rows to a group that keeps no order: calls to the outside. Each is
 * tried until it is settled, however long that takes; nothing waits for it but the offset.
 */
final class CallLanes implements Lanes {

  private final ForwarderSetup setup;
  private final Group group;
  private final Later later;
  private final RowWork work;
  private volatile Position floor = Position.START;

  CallLanes(ForwarderSetup setup, Group group, Executor blocking) {
    this.setup = setup;
    this.group = group;
    this.later = new Later(blocking);
    this.work = new RowWork(setup, group.name(), later);
  }

  @Override
  public String group() {
    return group.name();
  }

  @Override
  public String lane(TailItem item) {
    return item.position().toString();
  }

  @Override
  public void rise(Position published) {
    floor = Position.greatest(floor, published);
  }

  @Override
  public void begin() {
    rise(setup.store().offsets().floor(group.name()));
  }

  @Override
  public void press(boolean full) {
    // A call has a policy of its own, and is not set aside.
  }

  @Override
  public void stop() {
    later.stop();
  }

  @Override
  public CompletionStage<Done> settle(TailItem item) {
    if (item.row().isEmpty() || !item.position().isAfter(floor)) {
      return CompletableFuture.completedFuture(Done.done());
    }
    return work.of(item.row().get(), this::deliveries).thenCompose(this::deliverAll);
  }

  private CompletionStage<List<Delivery>> deliveries(TailRow row) {
    return CompletableFuture.completedFuture(group.deliveries(row));
  }

  private CompletionStage<Done> deliverAll(List<Delivery> deliveries) {
    CompletableFuture<?>[] all =
        deliveries.stream()
            .map(delivery -> attempt(delivery, 1).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(all).thenApply(settled -> Done.done());
  }

  private CompletionStage<Done> attempt(Delivery delivery, int attempt) {
    return Attempted.at(group, delivery)
        .thenCompose(
            attempted ->
                switch (attempted.ended()) {
                  case HANDLED, SETTLED -> CompletableFuture.completedFuture(Done.done());
                  case FAILED, REFUSED, SILENT -> again(delivery, attempt, attempted.reason());
                });
  }

  private CompletionStage<Done> again(Delivery delivery, int attempt, String reason) {
    if (attempt >= setup.settings().redelivery().reportAfter()) {
      setup
          .incidents()
          .accept(
              new Incident.Redelivered(
                  delivery.cause().sender(), delivery.receiver(), attempt, reason));
    }
    return later
        .after(setup.settings().redelivery().delay(attempt))
        .thenCompose(waited -> attempt(delivery, attempt + 1));
  }
}
