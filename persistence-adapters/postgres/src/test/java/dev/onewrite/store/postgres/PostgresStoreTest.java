package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onewrite.spi.Store;
import dev.onewrite.testkit.StoreContract;
import dev.onewrite.testkit.postgres.TestPostgres;
import org.junit.jupiter.api.Test;

final class PostgresStoreTest extends StoreContract {

  /** The database of this test; JUnit makes an instance for each. */
  private final String url = TestPostgres.shared().database();

  @Override
  protected Store open() {
    return Opened.at(url);
  }

  @Test
  void server_isOfTheVersionThatThisRunIsFor() throws Exception {
    String wanted = System.getProperty("onewrite.test.postgres");
    assumeTrue(wanted != null, "any version will do");

    long version = Sql.number(url, "select current_setting('server_version_num')::int / 10000");

    assertEquals(wanted, String.valueOf(version));
  }
}
