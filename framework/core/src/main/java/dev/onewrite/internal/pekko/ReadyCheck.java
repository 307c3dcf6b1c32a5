package dev.onewrite.internal.pekko;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/**
 * Whether a node should be sent requests: it has joined, its regions are up, its store answers and
 * all workers have a node. Made by Pekko Management, named in reference.conf.
 */
public final class ReadyCheck implements Supplier<CompletionStage<Boolean>> {

  private final Health health;

  /** As Pekko Management makes it. */
  public ReadyCheck(ActorSystem system) {
    this.health = Health.ID.get(system);
  }

  @Override
  public CompletionStage<Boolean> get() {
    return health.ready();
  }
}
