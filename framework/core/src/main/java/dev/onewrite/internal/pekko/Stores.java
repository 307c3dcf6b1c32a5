package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import dev.onewrite.component.RefusedException;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses and opens the store that {@code onewrite.durability} names. */
final class Stores {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");

  private Stores() {}

  static Store open(
      String durability, Config onewrite, List<StoreProvider> registered, Faults faults) {
    Store store = provider(durability, onewrite, registered).open(onewrite, faults);
    if (store.survivesRestart()) {
      LOG.info("Onewrite journals to {}", store.description());
    } else {
      LOG.warn("Onewrite journals to {}. Nothing survives this process.", store.description());
    }
    return store;
  }

  static StoreProvider provider(
      String durability, Config onewrite, List<StoreProvider> registered) {
    Map<String, StoreProvider> providers = providers(registered);
    String name = durability.equals("auto") ? automatic(onewrite) : durability;
    StoreProvider provider = providers.get(name);
    if (provider == null) {
      throw new RefusedException(
          "OW502",
          "onewrite.durability is \""
              + durability
              + "\" and there is no store \""
              + name
              + "\". The node did not start. On the class path or registered are: "
              + providers.keySet()
              + ". Add the store's artifact (onewrite-store-"
              + name
              + "), or choose another.");
    }
    return provider;
  }

  /** Of all that could be chosen, and of postgres, which OW502 names where its artifact is not. */
  static Set<String> names(List<StoreProvider> registered) {
    Set<String> names = new TreeSet<>(providers(registered).keySet());
    names.add("postgres");
    return names;
  }

  private static Map<String, StoreProvider> providers(List<StoreProvider> registered) {
    Map<String, StoreProvider> providers = new TreeMap<>();
    ServiceLoader.load(StoreProvider.class).forEach(found -> providers.put(found.name(), found));
    registered.forEach(own -> providers.put(own.name(), own));
    return providers;
  }

  private static String automatic(Config onewrite) {
    return onewrite.hasPath("postgres.url") ? "postgres" : "sqlite";
  }
}
