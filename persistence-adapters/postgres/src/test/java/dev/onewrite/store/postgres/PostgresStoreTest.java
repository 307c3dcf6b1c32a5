package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onewrite.spi.Store;
import dev.onewrite.testkit.StoreContract;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PostgresStoreTest extends StoreContract {

  private static final AtomicInteger TESTS = new AtomicInteger();

  private static final String URL = TestPostgres.shared().database();

  /** Each test has a schema of its own; JUnit makes an instance for each. */
  private final Map<String, String> schema =
      Map.of("onewrite.postgres.schema", "test_" + TESTS.incrementAndGet());

  @Override
  protected Store open() {
    return Opened.at(URL, schema);
  }

  @Test
  void server_isOfTheVersionThatThisRunIsFor() throws Exception {
    String wanted = System.getProperty("onewrite.test.postgres");
    assumeTrue(wanted != null, "any version will do");

    long version = Sql.number(URL, "select current_setting('server_version_num')::int / 10000");

    assertEquals(wanted, String.valueOf(version));
  }
}
