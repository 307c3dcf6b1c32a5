package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.PostgresServer;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that stops a start, on a real server; and that the mend in its text mends it. */
final class SelfCheckTest {

  @TempDir Path directory;

  @Test
  void synchronousCommitOff_isRefused() throws Exception {
    String url = withTables();
    String database = url.replaceFirst(".*/([^?]+)\\?.*", "$1");
    Sql.run(url, "alter database " + database + " set synchronous_commit = off");

    refused("OW321", "synchronous_commit = on", url);

    Sql.run(url, "alter database " + database + " set synchronous_commit = on");
    Opened.at(url).close();
  }

  @Test
  void fsyncOff_isRefused() {
    try (PostgresServer server =
        PostgresServer.start(directory, 0, Map.of("fsync", "off", "autovacuum", "off"))) {
      refused("OW321", "fsync = on", server.url());
    }
  }

  @Test
  void standby_isRefused() throws Exception {
    String url;
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      url = server.url();
      Opened.at(url).close();
      server.close();
      Files.createFile(server.data().resolve("standby.signal"));
      server.start();

      refused("OW322", "primary", url);

      server.kill();
    }
  }

  @Test
  void cachedSequence_isRefused() throws Exception {
    String url = withTables();
    Sql.run(url, "alter sequence journal_ordering_seq cache 20");

    refused("OW323", "cache 1", url);

    Sql.run(url, "alter sequence journal_ordering_seq cache 1");
    Opened.at(url).close();
  }

  @Test
  void missingPrimaryKey_isRefused() throws Exception {
    String url = withTables();
    Sql.run(url, "alter table journal drop constraint journal_pkey");

    refused("OW324", "add primary key (persistence_id, sequence_number)", url);

    Sql.run(url, "alter table journal add primary key (persistence_id, sequence_number)");
    Opened.at(url).close();
  }

  @Test
  void journalAheadOfTheClustersTransactions_isRefusedUntilTheyAreRaised() throws Exception {
    String url = withTables();
    try (Store store = Opened.at(url)) {
      Rows.append(store, "form|1", 1);
    }
    long next = Sql.number(url, "select pg_current_xact_id()::text::bigint");
    Sql.run(url, "update journal set transaction_id = '" + (next + 5_000) + "'");

    refused("OW325", "restored.sql", url);
    try (Connection connection = Sql.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = onewrite");
      statement.execute(Sql.script("restored.sql"));
    }

    try (Store store = Opened.at(url)) {
      Rows.append(store, "form|1", 2);
      assertEquals(List.of("form|1#1", "form|1#2"), Rows.after(store, Position.START));
    }
  }

  @Test
  void noServer_isRefused() {
    refused("OW326", "127.0.0.1:1", "jdbc:postgresql://127.0.0.1:1/forms?user=a&password=b");
  }

  @Test
  void settingOutOfRange_isRefused() {
    OnewriteException refused =
        assertThrows(
            OnewriteException.class,
            () ->
                Opened.at(
                    "jdbc:postgresql://127.0.0.1/x", Map.of("onewrite.postgres.readers", 101)));

    assertEquals("OW320", refused.code());
  }

  private static String withTables() {
    String url = TestPostgres.shared().database();
    Opened.at(url).close();
    return url;
  }

  private static void refused(String code, String mend, String url) {
    OnewriteException refused = assertThrows(OnewriteException.class, () -> Opened.at(url).close());

    assertEquals(code, refused.code());
    assertTrue(refused.getMessage().contains(mend), refused::getMessage);
  }
}
