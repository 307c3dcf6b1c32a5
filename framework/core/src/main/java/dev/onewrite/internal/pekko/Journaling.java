package dev.onewrite.internal.pekko;

import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.jspecify.annotations.Nullable;

/** How the journal plugins, which Pekko makes by class name, find this node's store. */
final class Journaling implements Extension {

  static final Id ID = new Id();

  private volatile @Nullable Parts parts;

  /** What the plugins need. */
  record Parts(
      Store store, BatchCodec batches, StateCodec states, Executor blocking, Faults faults) {}

  /**
   * Gives the plugins of a system their parts.
   *
   * @throws RefusedException OW136 if another node runs on that system
   */
  synchronized void bind(Parts bound) {
    if (parts != null) {
      throw new RefusedException(
          "OW136",
          "Another node of Onewrite runs, or ran, on the given actor system. This one did not"
              + " start. Give each a system of its own.");
    }
    parts = bound;
  }

  Parts parts() {
    Parts bound = parts;
    if (bound == null) {
      // Node binds before it starts the first entity, and only entities use the plugins.
      throw new IllegalStateException("the journal was used before the node was started");
    }
    return bound;
  }

  static final class Id extends AbstractExtensionId<Journaling> {
    @Override
    public Journaling createExtension(ExtendedActorSystem system) {
      return new Journaling();
    }
  }
}
