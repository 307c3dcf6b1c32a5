package dev.onewrite.internal.pekko;

import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;

/** How the health checks, which Pekko Management makes by class name, find their node. */
final class Health implements Extension {

  static final Id ID = new Id();

  /** 2 s for one answer. A probe seldom waits longer. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final ActorSystem system;
  private volatile @Nullable Parts parts;
  private volatile boolean placed;

  private Health(ActorSystem system) {
    this.system = system;
  }

  /** What is looked at. */
  record Parts(
      Store store,
      Executor blocking,
      boolean clustered,
      Collection<? extends ActorRef<?>> regions,
      Forwarder forwarder) {}

  void bind(Parts bound) {
    parts = bound;
  }

  /** The node is closing, or closed. */
  void unbind() {
    parts = null;
  }

  /** Whether this node should be sent requests. */
  CompletionStage<Boolean> ready() {
    Parts node = parts;
    if (node == null || (node.clustered() && !isUp())) {
      return CompletableFuture.completedFuture(false);
    }
    return placed(node)
        .thenCombine(answers(node), (placedNow, answered) -> placedNow && answered)
        .exceptionally(failure -> false);
  }

  /** Whether this process is any good; a database that is away is no reason to restart it. */
  boolean alive() {
    Parts node = parts;
    return !system.whenTerminated().isCompleted()
        && (node == null || !node.clustered() || !Cluster.get(system).isTerminated());
  }

  private boolean isUp() {
    return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
  }

  /**
   * Whether the regions have a home and the workers a node each. Once so, it stays so: they are
   * placed anew whenever a node comes or goes, and that is no reason to take all nodes out of
   * service.
   */
  private CompletionStage<Boolean> placed(Parts node) {
    if (placed || !node.clustered()) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<?>[] registered =
        node.regions().stream()
            .map(
                region ->
                    Patterns.ask(
                            Adapter.toClassic(region),
                            ShardRegion.getCurrentRegionsInstance(),
                            ANSWER_WITHIN)
                        .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(registered)
        .thenCompose(all -> node.forwarder().placed())
        .thenApply(
            workers -> {
              placed = workers;
              return workers;
            });
  }

  private static CompletionStage<Boolean> answers(Parts node) {
    return CompletableFuture.supplyAsync(() -> node.store().tail().bound(), node.blocking())
        .orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(bound -> true);
  }

  static final class Id extends AbstractExtensionId<Health> {
    @Override
    public Health createExtension(ExtendedActorSystem system) {
      return new Health(system);
    }
  }
}
