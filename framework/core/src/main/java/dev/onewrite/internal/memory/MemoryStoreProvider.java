package dev.onewrite.internal.memory;

import com.typesafe.config.Config;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;

/** Opens the store {@code memory}; each is empty and its own. */
public final class MemoryStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Store open(Config config, Faults faults) {
    return new MemoryStore(faults);
  }
}
