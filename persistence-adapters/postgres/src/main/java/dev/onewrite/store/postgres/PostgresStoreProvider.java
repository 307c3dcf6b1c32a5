package dev.onewrite.store.postgres;

import com.typesafe.config.Config;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.store.jdbc.JdbcStore;
import java.sql.SQLException;

/** Opens the store {@code postgres} at {@code onewrite.postgres.url}; any number of nodes may. */
public final class PostgresStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Store open(Config config, Faults faults) {
    PostgresSettings settings = PostgresSettings.read(config);
    try {
      PostgresDatabase database = PostgresDatabase.open(settings);
      boolean opened = false;
      try {
        Store store = JdbcStore.open(database, faults);
        opened = true;
        return store;
      } finally {
        if (!opened) {
          database.close();
        }
      }
    } catch (SQLException e) {
      throw PostgresFailures.unreachable(settings.where(), e);
    }
  }
}
