package dev.onewrite.store.postgres;

import dev.onewrite.spi.Store;
import dev.onewrite.testkit.StoreContract;
import dev.onewrite.testkit.postgres.TestPostgres;

final class PostgresStoreTest extends StoreContract {

  /** The database of this test; JUnit makes an instance for each. */
  private final String url = TestPostgres.shared().database();

  @Override
  protected Store open() {
    return Opened.at(url);
  }
}
