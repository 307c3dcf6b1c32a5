package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Payload;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a cluster say to each other of observers.
 *
 * <pre>
 *   node with the observer                     node with the entity, wherever that is
 *      Watch     ──────▶  every other node        shows the entity's states from now on
 *      Watched   ◀──────                          so nothing later is missed: ask for the state of now
 *      Shown     ◀──────                          one under way; a newer one takes its place
 *      Looked    ──────▶                          the next, if there is one
 *      Unwatch   ──────▶
 * </pre>
 */
sealed interface WatchMessage extends Watching.Command, Wire {

  /** Show the states of this entity to that node. */
  record Watch(Address entity, ActorRef<WatchMessage> watcher) implements WatchMessage {}

  /** Show them no more. */
  record Unwatch(Address entity, ActorRef<WatchMessage> watcher) implements WatchMessage {}

  /** From now on they are shown. */
  record Watched(Address entity, ActorRef<WatchMessage> shower) implements WatchMessage {}

  /** A committed state; {@code shower}, if there is one, waits for {@link Looked}. */
  record Shown(
      Address entity,
      long turn,
      List<String> states,
      Payload context,
      @Nullable ActorRef<WatchMessage> shower)
      implements WatchMessage {}

  /** That state has come. */
  record Looked(Address entity, long turn, ActorRef<WatchMessage> watcher)
      implements WatchMessage {}
}
