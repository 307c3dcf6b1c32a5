package dev.onewrite.spi;

import dev.onewrite.component.Incident;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** What a forwarder works with. */
public interface ForwarderSetup {

  Store store();

  /**
   * Calls {@code listener} after commits of journal rows, by this node or another one of its
   * cluster. It must return at once. A commit of another node may go untold.
   *
   * @return ends it
   */
  AutoCloseable onCommit(Runnable listener);

  /** One for each component of this node, and one for calls to the outside. */
  List<Group> groups();

  Alarms alarms();

  OutboxSettings settings();

  /** Told of what goes wrong and is tried again. */
  Consumer<Incident> incidents();

  Faults faults();

  /** By which timers come due. */
  InstantSource clock();

  /**
   * What the node runs on, for a forwarder that runs on the same: an actor system, for example.
   *
   * @throws IllegalArgumentException if the node has no such thing
   */
  <T> T unwrap(Class<T> type);
}
