package dev.onewrite.store.sqlite;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.StoreContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {

  @TempDir Path directory;

  @Override
  protected Store open() {
    return new SqliteStoreProvider()
        .open(ConfigFactory.parseMap(Map.of("directory", directory.toString())), Faults.NONE);
  }
}
