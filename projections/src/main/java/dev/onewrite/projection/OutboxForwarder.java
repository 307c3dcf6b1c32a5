package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.projection.ProjectionBehavior;

/** All workers of all groups of one node. */
final class OutboxForwarder implements Forwarder {

  private final List<ActorRef<ProjectionBehavior.Command>> workers;

  private OutboxForwarder(List<ActorRef<ProjectionBehavior.Command>> workers) {
    this.workers = workers;
  }

  static OutboxForwarder start(ForwarderSetup setup) {
    ActorSystem<?> system = setup.unwrap(ActorSystem.class);
    Executor blocking =
        system
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("onewrite.pekko.store-dispatcher"));
    int shares = setup.settings().workers();
    List<ActorRef<ProjectionBehavior.Command>> workers = new ArrayList<>();
    for (Group group : setup.groups()) {
      for (int share = 0; share < shares; share++) {
        GroupProjection projection =
            new GroupProjection(setup, group, SliceRange.share(share, shares), blocking);
        String name = "outbox-" + workers.size();
        workers.add(
            system.systemActorOf(ProjectionBehavior.create(projection), name, Props.empty()));
      }
    }
    return new OutboxForwarder(workers);
  }

  @Override
  public void close() {
    workers.forEach(worker -> worker.tell(ProjectionBehavior.stopMessage()));
  }
}
