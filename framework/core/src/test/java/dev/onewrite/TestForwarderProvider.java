package dev.onewrite;

import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.ForwarderProvider;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Delivers nothing by itself; a test does, with what the node gave it. */
public final class TestForwarderProvider implements ForwarderProvider {

  private static final Map<Store, ForwarderSetup> SETUPS = new ConcurrentHashMap<>();

  @Override
  public Forwarder start(ForwarderSetup setup) {
    SETUPS.put(setup.store(), setup);
    return () -> SETUPS.remove(setup.store(), setup);
  }

  /** What the node that runs on {@code store} gave its forwarder. */
  static ForwarderSetup setup(Store store) {
    ForwarderSetup setup = SETUPS.get(store);
    if (setup == null) {
      throw new AssertionError("no node runs on this store");
    }
    return setup;
  }
}
