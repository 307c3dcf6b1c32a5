package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.inspect.Check;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.internal.engine.Routes;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * A configured store that was opened beside its node, for tools.
 *
 * @param routes of the components that the tool knows; none for one that knows none
 */
public record Attachment(Store store, List<Routes> routes) {

  /**
   * Opens the store.
   *
   * @throws dev.onewrite.component.RefusedException what is wrong with the configuration, or why
   *     the store cannot be looked at
   */
  public static Attachment of(
      Config config, List<Component<?>> components, List<StoreProvider> stores) {
    Config onewrite = config.getConfig("onewrite");
    KnownKeys.check(onewrite, Stores.names(stores));
    Settings settings = Settings.read(onewrite);
    Types types = new Types();
    components.forEach(types::register);
    PayloadCodec payloads = new PayloadCodec(types, settings.payloadBytesMax());
    List<Routes> routes =
        components.stream().map(one -> new Routes(one.definition(), payloads)).toList();
    Store store = Stores.provider(settings.durability(), onewrite, stores).attach(onewrite);
    return new Attachment(store, routes);
  }

  /** All that a start would check before it starts anything; it goes on after what is not fine. */
  public static List<Check> checks(Config config, List<StoreProvider> stores) {
    List<Check> checks = new ArrayList<>();
    Config onewrite = config.getConfig("onewrite");
    Settings settings;
    try {
      KnownKeys.check(onewrite, Stores.names(stores));
      settings = Settings.read(onewrite);
      checks.add(new Check("configuration", true, "every key is known and every value in range"));
    } catch (OnewriteException e) {
      checks.add(new Check("configuration", false, e.getMessage()));
      return checks;
    }
    try {
      SafeSettings.check(ClusterConfig.effective(config, settings.cluster()), settings);
      checks.add(new Check("actor system", true, "its settings keep what Onewrite promises"));
    } catch (OnewriteException e) {
      checks.add(new Check("actor system", false, e.getMessage()));
    }
    try {
      Stores.provider(settings.durability(), onewrite, stores)
          .selfCheck(onewrite)
          .forEach(line -> checks.add(new Check("store", true, line)));
    } catch (OnewriteException e) {
      checks.add(new Check("store", false, e.getMessage()));
    }
    return checks;
  }
}
