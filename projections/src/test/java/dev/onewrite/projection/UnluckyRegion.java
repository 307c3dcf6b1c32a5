package dev.onewrite.projection;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$GracefulShutdownReq;
import org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$HostShard;
import org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$Register;
import org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$RegisterAck;

/**
 * A shard region that leaves at the worst moment: when its coordinator has just given it a shard.
 * It speaks as Pekko's own does, and takes no entities.
 */
final class UnluckyRegion extends AbstractActor {

  private final ActorSelection coordinator;
  private final CompletableFuture<Void> registered;
  private final CompletableFuture<Void> left;

  private UnluckyRegion(
      String type, CompletableFuture<Void> registered, CompletableFuture<Void> left) {
    this.coordinator =
        getContext()
            .actorSelection("/system/sharding/" + type + "Coordinator/singleton/coordinator");
    this.registered = registered;
    this.left = left;
  }

  /**
   * Joins the regions of a component on {@code system}, where their coordinator runs.
   *
   * @return completes when it was given a shard and has left
   */
  static CompletableFuture<Void> join(ActorSystem<?> system, String component) {
    CompletableFuture<Void> registered = new CompletableFuture<>();
    CompletableFuture<Void> left = new CompletableFuture<>();
    ((ExtendedActorSystem) Adapter.toClassic(system))
        .systemActorOf(
            Props.create(
                UnluckyRegion.class,
                () -> new UnluckyRegion("onewrite-" + component, registered, left)),
            "unlucky-region");
    registered.join();
    return left;
  }

  @Override
  public void preStart() {
    coordinator.tell(new ShardCoordinator$Internal$Register(self()), self());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(ShardCoordinator$Internal$RegisterAck.class, ack -> registered.complete(null))
        .match(ShardCoordinator$Internal$HostShard.class, host -> leave())
        .build();
  }

  private void leave() {
    coordinator.tell(
        new ShardCoordinator$Internal$GracefulShutdownReq(self()), ActorRef.noSender());
    getContext().stop(self());
    left.complete(null);
  }
}
