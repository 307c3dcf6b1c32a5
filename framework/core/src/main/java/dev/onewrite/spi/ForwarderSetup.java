package dev.onewrite.spi;

import dev.onewrite.component.Incident;
import java.util.List;
import java.util.function.Consumer;

/** What a forwarder works with. */
public interface ForwarderSetup {

  Store store();

  /** One for each component of this node. */
  List<Group> groups();

  Entities entities();

  OutboxSettings settings();

  /** Told of what goes wrong and is tried again. */
  Consumer<Incident> incidents();

  Faults faults();

  /**
   * What the node runs on, for a forwarder that runs on the same: an actor system, for example.
   *
   * @throws IllegalArgumentException if the node has no such thing
   */
  <T> T unwrap(Class<T> type);
}
