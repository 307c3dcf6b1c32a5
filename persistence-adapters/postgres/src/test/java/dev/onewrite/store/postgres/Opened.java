package dev.onewrite.store.postgres;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import java.util.HashMap;
import java.util.Map;

/** Opens stores as a node does. */
final class Opened {

  private Opened() {}

  static Config config(String url, Map<String, ?> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("onewrite.postgres.url", url);
    return ConfigFactory.parseMap(all).withFallback(ConfigFactory.load()).getConfig("onewrite");
  }

  static Store at(String url) {
    return at(url, Map.of());
  }

  static Store at(String url, Map<String, ?> more) {
    return new PostgresStoreProvider().open(config(url, more), Faults.NONE);
  }
}
