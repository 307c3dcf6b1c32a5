package dev.onewrite.projection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ShardedDaemonProcessSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.projection.ProjectionBehavior;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.DurationConverters;

/** Where workers run: all of them here, or each of them on some node of a cluster. */
interface Workers {

  /** Starts {@code shares} workers that together do the whole of {@code group}. */
  void start(String group, int shares, IntFunction<Behavior<ProjectionBehavior.Command>> worker);

  /** Stops those that run because of this; others take over the ones of a cluster. */
  void stop();

  /** Whether each of them has a node to run on. */
  CompletionStage<Boolean> placed();

  static Workers on(ActorSystem<?> system) {
    String provider = system.settings().config().getString("pekko.actor.provider");
    boolean clustered = provider.equals("cluster") || provider.endsWith("ClusterActorRefProvider");
    return clustered ? new Spread(system) : new Here(system);
  }

  /** Ends when the actor has stopped, or fails when it took too long: the node closes anyway. */
  private static CompletableFuture<Boolean> stopped(
      org.apache.pekko.actor.ActorRef actor, Duration within, Object end) {
    try {
      return Patterns.gracefulStop(actor, within, end).toCompletableFuture();
    } catch (IllegalStateException e) { // the system has ended, and with it what ran on it
      return CompletableFuture.completedFuture(true);
    }
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
    public CompletionStage<Boolean> placed() {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void stop() {
      CompletableFuture<?>[] stopped =
          running.stream().map(Here::stop).toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(stopped).exceptionally(failure -> null).join();
    }

    private static CompletableFuture<Boolean> stop(ActorRef<ProjectionBehavior.Command> worker) {
      return stopped(Adapter.toClassic(worker), STOP_WITHIN, ProjectionBehavior.stopMessage());
    }
  }

  /**
   * Divided between the nodes of a cluster, and divided anew when nodes come and go. For a while
   * two nodes may run the same worker: that is harmless, as deliveries are deduplicated by their
   * receivers and offsets never fall.
   */
  final class Spread implements Workers {

    /** 2 s for one answer. A probe seldom waits longer. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /** 10 s, for the shards of workers to be handed over. */
    private static final Duration HANDED_OVER_WITHIN = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final Map<String, Integer> shares = new LinkedHashMap<>();

    Spread(ActorSystem<?> system) {
      this.system = system;
    }

    @Override
    public void start(
        String group, int shares, IntFunction<Behavior<ProjectionBehavior.Command>> worker) {
      // The number is part of the name: while it changes, node by node, both divisions are whole.
      // It becomes part of an actor's name, which takes fewer characters than a component's.
      String safe = URLEncoder.encode(group, StandardCharsets.UTF_8);
      String name = "onewrite-outbox-" + safe + "-" + shares;
      this.shares.put(name, shares);
      ShardedDaemonProcess.get(system)
          .init(
              ProjectionBehavior.Command.class,
              name,
              shares,
              worker,
              ShardedDaemonProcessSettings.create(system),
              Optional.of(ProjectionBehavior.stopMessage()));
    }

    @Override
    public CompletionStage<Boolean> placed() {
      CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
      for (Map.Entry<String, Integer> daemon : shares.entrySet()) {
        all =
            all.thenCombine(
                running(region(daemon.getKey())),
                (placed, running) -> placed && running >= daemon.getValue());
      }
      return all;
    }

    private static CompletionStage<Integer> running(org.apache.pekko.actor.ActorRef region) {
      FiniteDuration within = DurationConverters.toScala(ANSWER_WITHIN);
      return Patterns.ask(region, new ShardRegion.GetClusterShardingStats(within), ANSWER_WITHIN)
          .thenApply(ShardRegion.ClusterShardingStats.class::cast)
          .thenApply(
              stats ->
                  stats.getRegions().values().stream()
                      .flatMap(one -> one.getStats().values().stream())
                      .mapToInt(count -> (Integer) count)
                      .sum());
    }

    private org.apache.pekko.actor.ActorRef region(String name) {
      return ClusterSharding.get(Adapter.toClassic(system))
          .shardRegion("sharded-daemon-process-" + name);
    }

    @Override
    public void stop() {
      CompletableFuture<?>[] stopped =
          shares.keySet().stream()
              .map(this::region)
              .map(Spread::handedOver)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(stopped).exceptionally(failure -> null).join();
    }

    private static CompletableFuture<Boolean> handedOver(org.apache.pekko.actor.ActorRef region) {
      return stopped(region, HANDED_OVER_WITHIN, ShardRegion.gracefulShutdownInstance());
    }
  }
}
