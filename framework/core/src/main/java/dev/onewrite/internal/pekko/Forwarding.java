package dev.onewrite.internal.pekko;

import dev.onewrite.component.Incident;
import dev.onewrite.component.RefusedException;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.ForwarderProvider;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.OutboxSettings;
import dev.onewrite.spi.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;

/** What this node gives its forwarder, and how it finds one. */
record Forwarding(
    Store store,
    List<Group> groups,
    Alarms alarms,
    OutboxSettings settings,
    Consumer<Incident> incidents,
    Faults faults,
    InstantSource clock,
    Commits commits,
    ActorSystem<?> system)
    implements ForwarderSetup {

  Forwarder start() {
    return ServiceLoader.load(ForwarderProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "OW503",
                    "There is no forwarder on the class path, so nothing that is emitted or sent"
                        + " would ever arrive. The node did not start. Add the artifact"
                        + " onewrite-projections."))
        .start(this);
  }

  @Override
  public AutoCloseable onCommit(Runnable listener) {
    return commits.onCommit(listener);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(system)) {
      return type.cast(system);
    }
    throw new IllegalArgumentException("this node has no " + type.getName());
  }
}
