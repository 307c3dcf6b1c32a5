package dev.onewrite.store.postgres;

import com.typesafe.config.Config;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.store.jdbc.JdbcStore;
import java.sql.SQLException;
import java.util.List;

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

  @Override
  public Store attach(Config config) {
    PostgresSettings settings = PostgresSettings.read(config);
    try {
      return JdbcStore.attach(PostgresDatabase.attach(settings));
    } catch (SQLException e) {
      throw PostgresFailures.unreachable(settings.where(), e);
    }
  }

  @Override
  public List<String> selfCheck(Config config) {
    PostgresSettings settings = PostgresSettings.read(config);
    try {
      PostgresDatabase.check(settings);
    } catch (SQLException e) {
      throw PostgresFailures.unreachable(settings.where(), e);
    }
    return List.of(
        settings.where() + " can be written and syncs each commit",
        "tables, primary key and ordering are this release's, and not ahead of the server");
  }
}
