package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.ForwarderSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.projection.ProjectionBehavior;

/** All workers of all groups of one node. */
final class OutboxForwarder implements Forwarder {

  /** 3 s. What is under way then is delivered again after the next start. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

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
    CompletableFuture<?>[] stopped =
        workers.stream().map(OutboxForwarder::stop).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(stopped).exceptionally(failure -> null).join();
  }

  /** Ends when the worker has stopped, or fails when it took too long: the node closes anyway. */
  private static CompletableFuture<Boolean> stop(ActorRef<ProjectionBehavior.Command> worker) {
    return Patterns.gracefulStop(
            Adapter.toClassic(worker), STOP_WITHIN, ProjectionBehavior.stopMessage())
        .toCompletableFuture();
  }
}
