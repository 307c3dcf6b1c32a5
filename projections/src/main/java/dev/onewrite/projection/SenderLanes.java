package dev.onewrite.projection;

import dev.onewrite.component.Address;
import dev.onewrite.component.Incident;
import dev.onewrite.component.OnewriteException;
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
final class SenderLanes {

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

  /** The group's floor as last published: carried by deliveries as what is stable. */
  void rise(Position published) {
    floor = Position.greatest(floor, published);
  }

  /** Ends the attempts; what was under way is delivered again by whoever comes next. */
  void stop() {
    stopped = true;
  }

  /** Completes when everything of this item is settled. */
  CompletionStage<Done> settle(TailItem item) {
    if (item.row().isEmpty() || !item.position().isAfter(floor)) {
      return CompletableFuture.completedFuture(Done.done());
    }
    return deliveries(item.row().get(), 1).thenCompose(deliveries -> deliver(deliveries, 0));
  }

  private CompletionStage<List<Delivery>> deliveries(TailRow row, int attempt) {
    try {
      return CompletableFuture.completedFuture(group.deliveries(row, floor));
    } catch (OnewriteException e) {
      // Neither skipped nor guessed at: the sender's later rows wait, those of others do not.
      setup
          .incidents()
          .accept(
              new Incident.Undeliverable(
                  Address.ofPersistenceId(row.row().persistenceId()),
                  row.row().sequenceNumber(),
                  group.name(),
                  e.getMessage()));
      return later(attempt).thenCompose(ignored -> deliveries(row, attempt + 1));
    }
  }

  private CompletionStage<Done> deliver(List<Delivery> deliveries, int next) {
    if (next == deliveries.size()) {
      return CompletableFuture.completedFuture(Done.done());
    }
    return attempt(deliveries.get(next), 1).thenCompose(done -> deliver(deliveries, next + 1));
  }

  private CompletionStage<Done> attempt(Delivery delivery, int attempt) {
    return setup
        .entities()
        .deliver(delivery)
        .handle((answer, failure) -> unsettled(delivery, answer, failure))
        .thenCompose(
            reason ->
                reason.isEmpty()
                    ? CompletableFuture.completedFuture(Done.done())
                    : again(delivery, attempt, reason));
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
