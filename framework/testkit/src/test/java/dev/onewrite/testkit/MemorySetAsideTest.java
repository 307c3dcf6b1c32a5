package dev.onewrite.testkit;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;

final class MemorySetAsideTest extends SetAsideContract {

  @Override
  protected Store open() {
    return new MemoryStoreProvider().open(ConfigFactory.empty(), Faults.NONE);
  }
}
