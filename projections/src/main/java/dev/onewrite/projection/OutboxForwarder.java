package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.projection.ProjectionBehavior;

/** All workers of all groups that this node knows. */
final class OutboxForwarder implements Forwarder {

  private final ForwarderSetup setup;
  private final Workers workers;
  private final Executor blocking;

  private OutboxForwarder(ForwarderSetup setup) {
    this.setup = setup;
    ActorSystem<?> system = setup.unwrap(ActorSystem.class);
    this.workers = Workers.on(system);
    this.blocking =
        system
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("onewrite.pekko.forwarder-dispatcher"));
  }

  static OutboxForwarder start(ForwarderSetup setup) {
    OutboxForwarder forwarder = new OutboxForwarder(setup);
    int shares = setup.settings().workers();
    setup
        .groups()
        .forEach(
            group ->
                forwarder.workers.start(
                    group.name(),
                    shares,
                    share ->
                        forwarder.worker(
                            SliceRange.share(share, shares),
                            () -> forwarder.lanes(group, SliceRange.share(share, shares)))));
    forwarder.workers.start(
        TimerLanes.GROUP, shares, share -> forwarder.timers(SliceRange.share(share, shares)));
    return forwarder;
  }

  private Lanes lanes(Group group, SliceRange slices) {
    return group.ordered()
        ? new SenderLanes(setup, group, slices, blocking)
        : new CallLanes(setup, group, blocking);
  }

  private Behavior<ProjectionBehavior.Command> worker(SliceRange slices, Supplier<Lanes> lanes) {
    return ProjectionBehavior.create(new GroupProjection(setup, lanes, slices, blocking));
  }

  /** A clock runs as long as the worker that keeps its index. */
  private Behavior<ProjectionBehavior.Command> timers(SliceRange slices) {
    return Behaviors.setup(
        context -> {
          TimerClock clock = new TimerClock(setup, slices, blocking);
          clock.wake();
          return worker(slices, () -> new TimerLanes(setup, clock, blocking));
        });
  }

  @Override
  public CompletionStage<Boolean> placed() {
    return workers.placed();
  }

  @Override
  public void close() {
    workers.stop();
  }
}
