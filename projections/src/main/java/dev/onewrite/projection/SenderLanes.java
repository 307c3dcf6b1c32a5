package dev.onewrite.projection;

import dev.onewrite.component.Address;
import dev.onewrite.component.Incident;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.TailRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;

/**
 * Delivers the outgoings of rows to one group. Whoever calls keeps the rows of one sender in order
 * and one at a time; this keeps the outgoings of one row so.
 */
final class SenderLanes implements Lanes {

  /*
   * The next outgoing of a sender goes out only after the one before was handled or settled: that
   * is what makes the order per (sender, receiver), and why a copy can never overtake. No answer
   * means perhaps handled, so it is delivered again with the same id and position until an answer
   * for exactly these two comes.
   */

  private final ForwarderSetup setup;
  private final Group group;
  private volatile Position floor = Position.START;
  private volatile boolean stopped;

  SenderLanes(ForwarderSetup setup, Group group) {
    this.setup = setup;
    this.group = group;
  }

  @Override
  public String group() {
    return group.name();
  }

  @Override
  public String lane(TailItem item) {
    return group.ordered() ? item.sender() : item.position().toString();
  }

  /** The floor is carried by deliveries as what is stable. */
  @Override
  public void rise(Position published) {
    floor = Position.greatest(floor, published);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public CompletionStage<Done> settle(TailItem item) {
    if (item.row().isEmpty() || !item.position().isAfter(floor)) {
      return CompletableFuture.completedFuture(Done.done());
    }
    return deliveries(item.row().get(), 1)
        .thenCompose(
            deliveries -> group.ordered() ? deliver(deliveries, 0) : deliverAll(deliveries));
  }

  private CompletionStage<List<Delivery>> deliveries(TailRow row, int attempt) {
    try {
      return CompletableFuture.completedFuture(group.deliveries(row, floor));
    } catch (RuntimeException e) { // a receiver function of the component's own included
      // Neither skipped nor guessed at: the sender's later rows wait, those of others do not.
      setup
          .incidents()
          .accept(
              new Incident.Undeliverable(
                  Address.ofPersistenceId(row.row().persistenceId()),
                  row.row().sequenceNumber(),
                  group.name(),
                  String.valueOf(e.getMessage())));
      return later(attempt).thenCompose(ignored -> deliveries(row, attempt + 1));
    }
  }

  private CompletionStage<Done> deliver(List<Delivery> deliveries, int next) {
    if (next == deliveries.size()) {
      return CompletableFuture.completedFuture(Done.done());
    }
    return attempt(deliveries.get(next), 1).thenCompose(done -> deliver(deliveries, next + 1));
  }

  private CompletionStage<Done> deliverAll(List<Delivery> deliveries) {
    CompletableFuture<?>[] all =
        deliveries.stream()
            .map(delivery -> attempt(delivery, 1).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(all).thenApply(settled -> Done.done());
  }

  private CompletionStage<Done> attempt(Delivery delivery, int attempt) {
    return answer(delivery)
        .handle((answer, failure) -> unsettled(delivery, answer, failure))
        .thenCompose(
            reason ->
                reason.isEmpty()
                    ? CompletableFuture.completedFuture(Done.done())
                    : again(delivery, attempt, reason));
  }

  private CompletionStage<Answer> answer(Delivery delivery) {
    try {
      return group.deliver(delivery);
    } catch (RuntimeException e) { // refused at the call: as good as unanswered
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Why the delivery is not settled; empty if it is. */
  private static String unsettled(Delivery delivery, Answer answer, Throwable failure) {
    if (failure != null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return String.valueOf(cause);
    }
    if (!answer.answers(delivery)) {
      return "the answer was for another delivery";
    }
    return switch (answer.kind()) {
      case HANDLED, SETTLED -> "";
      case FAILED, REFUSED -> answer.reason();
    };
  }

  private CompletionStage<Done> again(Delivery delivery, int attempt, String reason) {
    if (attempt >= setup.settings().redelivery().reportAfter()) {
      setup
          .incidents()
          .accept(
              new Incident.Redelivered(
                  delivery.cause().sender(), delivery.receiver(), attempt, reason));
    }
    return later(attempt).thenCompose(ignored -> attempt(delivery, attempt + 1));
  }

  private CompletionStage<Done> later(int attempt) {
    Duration delay = setup.settings().redelivery().delay(attempt);
    return CompletableFuture.supplyAsync(
        () -> {
          if (stopped) {
            throw new IllegalStateException("the forwarder was stopped");
          }
          return Done.done();
        },
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
  }
}
