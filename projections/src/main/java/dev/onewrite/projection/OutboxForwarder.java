package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.ForwarderSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.projection.ProjectionBehavior;

/** All workers of all groups of one node. */
final class OutboxForwarder implements Forwarder {

  private final List<ActorRef<ProjectionBehavior.Command>> workers = new ArrayList<>();
  private final List<TimerClock> clocks = new ArrayList<>();
  private final ForwarderSetup setup;
  private final ActorSystem<?> system;
  private final Executor blocking;

  private OutboxForwarder(ForwarderSetup setup) {
    this.setup = setup;
    this.system = setup.unwrap(ActorSystem.class);
    this.blocking =
        system
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("onewrite.pekko.store-dispatcher"));
  }

  static OutboxForwarder start(ForwarderSetup setup) {
    OutboxForwarder forwarder = new OutboxForwarder(setup);
    int shares = setup.settings().workers();
    for (int share = 0; share < shares; share++) {
      SliceRange slices = SliceRange.share(share, shares);
      setup.groups().forEach(g -> forwarder.work(slices, () -> new SenderLanes(setup, g)));
      forwarder.tick(slices);
    }
    return forwarder;
  }

  private void work(SliceRange slices, Supplier<Lanes> lanes) {
    GroupProjection projection = new GroupProjection(setup, lanes, slices, blocking);
    String name = "outbox-" + workers.size();
    workers.add(system.systemActorOf(ProjectionBehavior.create(projection), name, Props.empty()));
  }

  private void tick(SliceRange slices) {
    TimerClock clock = new TimerClock(setup, slices, blocking);
    clocks.add(clock);
    work(slices, () -> new TimerLanes(setup, clock, blocking));
    clock.wake();
  }

  @Override
  public void close() {
    clocks.forEach(TimerClock::close);
    workers.forEach(worker -> worker.tell(ProjectionBehavior.stopMessage()));
  }
}
