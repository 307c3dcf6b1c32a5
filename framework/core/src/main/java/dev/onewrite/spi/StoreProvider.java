package dev.onewrite.spi;

import com.typesafe.config.Config;

/** Makes a store by name. Found by {@link java.util.ServiceLoader}. */
public interface StoreProvider {

  /** The value of {@code onewrite.durability} that chooses it. */
  String name();

  /**
   * Opens the store, creating or migrating its schema.
   *
   * @param config everything under {@code onewrite}
   * @throws dev.onewrite.component.RefusedException if it must not be used as it is configured
   */
  Store open(Config config, Faults faults);
}
