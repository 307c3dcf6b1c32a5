package dev.onewrite.store.sqlite;

import com.typesafe.config.Config;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.store.jdbc.JdbcStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Opens the store {@code sqlite} in {@code onewrite.directory}, which is created if absent and
 * belongs to one process at a time.
 */
public final class SqliteStoreProvider implements StoreProvider {

  private static final String DIRECTORY = "directory";

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Store open(Config config, Faults faults) {
    StoreDirectory directory = StoreDirectory.lock(path(config));
    try {
      NativeLibrary.unpackIn(directory.scratch());
      return JdbcStore.open(SqliteDatabase.open(directory), faults);
    } catch (SQLException e) {
      OnewriteException refused = SqliteFailures.atStart(directory.database(), e);
      directory.release();
      throw refused;
    } catch (RuntimeException e) {
      directory.release();
      throw e;
    }
  }

  @Override
  public Store attach(Config config) {
    Path database = StoreDirectory.database(path(config));
    if (!Files.isRegularFile(database)) {
      throw SqliteFailures.nothingThere(database);
    }
    try {
      return JdbcStore.attach(SqliteDatabase.attach(database));
    } catch (SQLException e) {
      throw SqliteFailures.atStart(database, e);
    }
  }

  private static Path path(Config config) {
    if (!config.hasPath(DIRECTORY) || config.getString(DIRECTORY).isBlank()) {
      throw new RefusedException(
          "OW317",
          "onewrite.durability is sqlite and onewrite.directory is not set. Set it to a directory on"
              + " a local disk that outlives the process; it is created if absent.");
    }
    String directory = config.getString(DIRECTORY);
    try {
      return Path.of(directory).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new RefusedException(
          "OW306",
          "onewrite.directory is no path on this system: '" + directory + "'. Name another.",
          e);
    }
  }
}
