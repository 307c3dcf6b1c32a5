package dev.onewrite.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.ShardedDaemonProcessSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.projection.ProjectionBehavior;

/** Where workers run: all of them here, or each of them on some node of a cluster. */
interface Workers {

  /** Starts {@code shares} workers that together do the whole of {@code group}. */
  void start(String group, int shares, IntFunction<Behavior<ProjectionBehavior.Command>> worker);

  /** Stops those that run because of this; others take over the ones of a cluster. */
  void stop();

  static Workers on(ActorSystem<?> system) {
    String provider = system.settings().config().getString("pekko.actor.provider");
    boolean clustered = provider.equals("cluster") || provider.endsWith("ClusterActorRefProvider");
    return clustered ? new Spread(system) : new Here(system);
  }

  /** All on this node. */
  final class Here implements Workers {

    /** 3 s. What is under way then is delivered again after the next start. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final ActorSystem<?> system;
    private final List<ActorRef<ProjectionBehavior.Command>> running = new ArrayList<>();

    Here(ActorSystem<?> system) {
      this.system = system;
    }

    @Override
    public void start(
        String group, int shares, IntFunction<Behavior<ProjectionBehavior.Command>> worker) {
      for (int share = 0; share < shares; share++) {
        String name = "outbox-" + running.size();
        running.add(system.systemActorOf(worker.apply(share), name, Props.empty()));
      }
    }

    @Override
    public void stop() {
      CompletableFuture<?>[] stopped =
          running.stream().map(Here::stop).toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(stopped).exceptionally(failure -> null).join();
    }

    /** Ends when the worker has stopped, or fails when it took too long: the node closes anyway. */
    private static CompletableFuture<Boolean> stop(ActorRef<ProjectionBehavior.Command> worker) {
      return Patterns.gracefulStop(
              Adapter.toClassic(worker), STOP_WITHIN, ProjectionBehavior.stopMessage())
          .toCompletableFuture();
    }
  }

  /**
   * Divided between the nodes of a cluster, and divided anew when nodes come and go. For a while
   * two nodes may run the same worker: that is harmless, as deliveries are deduplicated by their
   * receivers and offsets never fall.
   */
  final class Spread implements Workers {

    private final ActorSystem<?> system;

    Spread(ActorSystem<?> system) {
      this.system = system;
    }

    @Override
    public void start(
        String group, int shares, IntFunction<Behavior<ProjectionBehavior.Command>> worker) {
      // The number is part of the name: while it changes, node by node, both divisions are whole.
      ShardedDaemonProcess.get(system)
          .init(
              ProjectionBehavior.Command.class,
              "onewrite-outbox-" + group + "-" + shares,
              shares,
              worker,
              ShardedDaemonProcessSettings.create(system),
              Optional.of(ProjectionBehavior.stopMessage()));
    }

    @Override
    public void stop() {
      // The shards of a node that leaves are handed over, and their workers stopped, by the
      // cluster.
    }
  }
}
