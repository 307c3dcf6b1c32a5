package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.TailRow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
  private final Later later;
  private final RowWork work;

  TimerLanes(ForwarderSetup setup, TimerClock clock, Executor blocking) {
    this.setup = setup;
    this.clock = clock;
    this.index = new TimerIndex(setup.store().timers(), blocking);
    this.later = new Later(blocking);
    this.work = new RowWork(setup, GROUP, later);
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
        .map(row -> work.of(row, this::index))
        .orElseGet(() -> CompletableFuture.completedFuture(Done.done()));
  }

  private CompletionStage<Done> index(TailRow row) {
    Alarms.Change change = setup.alarms().change(row);
    if (change.isEmpty()) {
      return CompletableFuture.completedFuture(Done.done());
    }
    return index
        .change(change)
        .thenApply(
            indexed -> {
              clock.forget(change.gone());
              clock.wake();
              return Done.done();
            });
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
    later.stop();
    clock.close();
  }
}
