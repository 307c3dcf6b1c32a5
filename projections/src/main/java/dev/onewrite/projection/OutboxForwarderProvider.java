package dev.onewrite.projection;

import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.ForwarderProvider;
import dev.onewrite.spi.ForwarderSetup;

/** Makes the forwarder known to the node. */
public final class OutboxForwarderProvider implements ForwarderProvider {

  @Override
  public Forwarder start(ForwarderSetup setup) {
    return OutboxForwarder.start(setup);
  }
}
