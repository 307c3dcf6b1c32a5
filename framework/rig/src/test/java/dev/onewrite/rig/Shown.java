package dev.onewrite.rig;

import com.typesafe.config.Config;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;

/** Another store, of which a test sees the inside. */
final class Shown implements StoreProvider {

  private final StoreProvider provider;
  private Store store;

  Shown(StoreProvider provider) {
    this.provider = provider;
  }

  @Override
  public String name() {
    return "shown";
  }

  @Override
  public Store open(Config config, Faults faults) {
    store = provider.open(config, faults);
    return store;
  }

  Store store() {
    return store;
  }
}
