package dev.onewrite.internal.pekko;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/**
 * Whether a node's process is worth keeping: it runs, and its cluster has not removed it. It never
 * asks the store. Made by Pekko Management, named in reference.conf.
 */
public final class AliveCheck implements Supplier<CompletionStage<Boolean>> {

  private final Health health;

  /** As Pekko Management makes it. */
  public AliveCheck(ActorSystem system) {
    this.health = Health.ID.get(system);
  }

  @Override
  public CompletionStage<Boolean> get() {
    return CompletableFuture.completedFuture(health.alive());
  }
}
