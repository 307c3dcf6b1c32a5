package dev.onewrite.projection;

import dev.onewrite.component.Address;
import dev.onewrite.component.Incident;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.TailRow;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;

/** Keeps the index of pending timers: what rows set, cancel and fire. */
final class TimerLanes implements Lanes {

  static final String GROUP = Group.TIMERS;

  /*
   * Doing a row twice is harmless. Set again, a timer that has fired meanwhile is back in the index;
   * it is due, the entity says that it waits for it no more, and it is removed.
   */

  private final ForwarderSetup setup;
  private final TimerClock clock;
  private final TimerIndex index;
  private volatile boolean stopped;

  TimerLanes(ForwarderSetup setup, TimerClock clock, Executor blocking) {
    this.setup = setup;
    this.clock = clock;
    this.index = new TimerIndex(setup.store().timers(), blocking);
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public String lane(TailItem item) {
    return item.sender();
  }

  @Override
  public CompletionStage<Done> settle(TailItem item) {
    return item.row()
        .map(row -> index(row, 1))
        .orElseGet(() -> CompletableFuture.completedFuture(Done.done()));
  }

  private CompletionStage<Done> index(TailRow row, int attempt) {
    Alarms.Change change;
    try {
      change = setup.alarms().change(row);
    } catch (RuntimeException e) { // a row that cannot be read; its entity refuses to run too
      return again(row, attempt, e);
    }
    if (change.isEmpty()) {
      return CompletableFuture.completedFuture(Done.done());
    }
    return index
        .change(change)
        .handle((done, failure) -> failure)
        .thenCompose(
            failure -> {
              if (failure != null) {
                return again(row, attempt, failure);
              }
              clock.forget(change.gone());
              clock.wake();
              return CompletableFuture.completedFuture(Done.done());
            });
  }

  private CompletionStage<Done> again(TailRow row, int attempt, Throwable failure) {
    setup
        .incidents()
        .accept(
            new Incident.Undeliverable(
                Address.ofPersistenceId(row.row().persistenceId()),
                row.row().sequenceNumber(),
                GROUP,
                String.valueOf(failure.getMessage())));
    Duration delay = setup.settings().redelivery().delay(attempt);
    return CompletableFuture.supplyAsync(
            () -> stopped,
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS))
        .thenCompose(
            ended ->
                ended
                    ? CompletableFuture.failedFuture(
                        new IllegalStateException("the forwarder was stopped"))
                    : index(row, attempt + 1));
  }

  @Override
  public void begin() {
    // It looks at rows of the journal alone.
  }

  @Override
  public void press(boolean full) {
    // What keeps an item from being indexed is the store, and that would be so of any other one.
  }

  @Override
  public void rise(Position floor) {
    // Nothing is delivered from here, so no promise is carried.
  }

  @Override
  public void stop() {
    stopped = true;
    clock.close();
  }
}
