package dev.onewrite.spi;

import com.typesafe.config.Config;
import dev.onewrite.component.RefusedException;
import java.util.List;

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

  /**
   * Opens the store for tools, whether or not a node works on it.
   *
   * <p><b>Guarantee.</b> It takes nothing from that node: no lock, no table is made or migrated.
   * Journal, snapshots, offsets and timers can be read and not be written (OW601).
   *
   * @param config everything under {@code onewrite}
   * @throws dev.onewrite.component.RefusedException OW602 if it cannot be opened so
   */
  default Store attach(Config config) {
    throw new RefusedException(
        "OW602",
        "The store \""
            + name()
            + "\" cannot be opened beside its node: what it holds is in that process, or its adapter"
            + " has no attach(...). Look at it through the node.");
  }

  /**
   * Checks what {@link #open} would check, and changes nothing.
   *
   * @return what was found to be in order, a line each
   * @throws dev.onewrite.component.RefusedException what {@link #open} would throw
   */
  default List<String> selfCheck(Config config) {
    try (Store store = attach(config)) {
      return List.of(store.description());
    }
  }
}
