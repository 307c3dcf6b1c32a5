package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import dev.onewrite.component.RefusedException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor system a node runs on: its own, or one it was given and leaves running; alone, or one
 * of a cluster.
 */
final class Host {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");

  /** How a node's own system is named; its seed nodes are addressed by it. */
  static final String NAME = "onewrite";

  /** 10 s, to stop the actors of a node that is alone. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /**
   * 60 s, to hand entities over and leave the cluster: the sum of what Pekko allows the phases of a
   * coordinated shutdown, the longest of which hands over the shards.
   */
  private static final Duration LEAVE_WITHIN = Duration.ofSeconds(60);

  private enum Leaving implements CoordinatedShutdown.Reason {
    CLOSED
  }

  private final ActorSystem<?> system;
  private final boolean own;
  private final boolean clustered;
  private @Nullable Boolean ranFirst;

  private Host(ActorSystem<?> system, boolean own) {
    this.system = system;
    this.own = own;
    this.clustered = ClusterConfig.isClustered(system.settings().config());
    if (clustered) {
      Cluster.get(system.classicSystem()).registerOnMemberUp(this::ranFirst);
    }
  }

  /** Starts a system, or takes the one given. */
  static Host start(Config config, Settings settings, @Nullable ActorSystem<?> given) {
    Config effective =
        given == null
            ? ClusterConfig.effective(config, settings.cluster())
            : given.settings().config();
    SafeSettings.check(effective, settings);
    Host host =
        given == null
            ? new Host(ActorSystem.create(Behaviors.empty(), NAME, effective), true)
            : new Host(given, false);
    try {
      PekkoVersions.check(host.system());
      return host;
    } catch (RuntimeException e) {
      host.stop(List.of(), List.of());
      throw e;
    }
  }

  /**
   * Waits until a system of our own is a member of the cluster that it was told to join: a node
   * that nobody counts yet would take work, and its peers could not afford to lose another.
   *
   * @throws RefusedException OW141 if that takes too long
   */
  void awaitMembership(Settings.Cluster cluster) {
    if (!own || !clustered || cluster.seedNodes().isEmpty()) {
      return;
    }
    CompletableFuture<Boolean> member = new CompletableFuture<>();
    Cluster.get(system.classicSystem()).registerOnMemberUp(() -> member.complete(true));
    try {
      member.get(cluster.joinWithin().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the node joined its cluster.", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new RefusedException(
          "OW141",
          "This node has not become a member of the cluster of "
              + cluster.seedNodes()
              + " within "
              + cluster.joinWithin()
              + ". The node did not start. See that one of these runs and can be reached, and reaches "
              + cluster.host()
              + ":"
              + cluster.port()
              + "; all nodes must have the same seed-nodes and shards.");
    }
  }

  ActorSystem<?> system() {
    return system;
  }

  /** Whether no other node was there before this one: asked first when it becomes a member. */
  synchronized boolean ranFirst() {
    if (ranFirst == null) {
      ranFirst = !clustered || noneIsOlder(Cluster.get(system.classicSystem()));
    }
    return ranFirst;
  }

  private static boolean noneIsOlder(Cluster cluster) {
    for (Member member : cluster.state().getMembers()) {
      if (member.isOlderThan(cluster.selfMember())) {
        return false;
      }
    }
    return true;
  }

  /** Whether other nodes may be about. */
  boolean clustered() {
    return clustered;
  }

  /**
   * Stops a system of our own, after it has left its cluster, or what was started on a given one;
   * returns when that is done.
   */
  void stop(Collection<? extends ActorRef<?>> regions, Collection<? extends ActorRef<?>> others) {
    if (system.getWhenTerminated().toCompletableFuture().isDone()) {
      return;
    }
    if (!own) {
      await(stopStarted(regions, others), LEAVE_WITHIN);
      return;
    }
    if (clustered) {
      CompletionStage<?> left =
          CoordinatedShutdown.get(system.classicSystem()).runAll(Leaving.CLOSED);
      await(left, LEAVE_WITHIN);
    } else {
      system.terminate();
    }
    await(system.getWhenTerminated(), STOP_WITHIN);
  }

  /** The shards of a region are handed over to other nodes; the rest just ends. */
  private CompletionStage<?> stopStarted(
      Collection<? extends ActorRef<?>> regions, Collection<? extends ActorRef<?>> others) {
    Object end = clustered ? ShardRegion.gracefulShutdownInstance() : PoisonPill.getInstance();
    Stream<CompletionStage<Boolean>> stopping =
        Stream.concat(
            regions.stream().map(region -> stopped(region, end)),
            others.stream().map(actor -> stopped(actor, PoisonPill.getInstance())));
    return CompletableFuture.allOf(
        stopping.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
  }

  private static CompletionStage<Boolean> stopped(ActorRef<?> actor, Object end) {
    try {
      return Patterns.gracefulStop(Adapter.toClassic(actor), LEAVE_WITHIN, end);
    } catch (IllegalStateException e) { // the system has ended meanwhile, and the actor with it
      return CompletableFuture.completedFuture(true);
    }
  }

  private static void await(CompletionStage<?> stopped, Duration within) {
    try {
      stopped.toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The actors did not stop within {}; the store is closed all the same", within);
    }
  }
}
