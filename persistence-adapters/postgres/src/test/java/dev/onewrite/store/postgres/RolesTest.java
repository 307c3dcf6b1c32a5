package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The three roles, on a real server: what each can do, and what the server refuses it. */
final class RolesTest {

  private static final Map<String, String> VALIDATE =
      Map.of("onewrite.postgres.migrate", "validate");

  private static final String NOT_ALLOWED = "42501";

  private final String url = TestPostgres.shared().database();

  @Test
  void node_asTheApplicationRole_startsAndWorksAndCannotAlterHistory() throws Exception {
    Sql.run(url, Sql.script("roles.sql"));
    String owner = user("owner");
    String node = user("app");

    OnewriteException early =
        assertThrows(OnewriteException.class, () -> Opened.at(node, VALIDATE));
    ApplyMigrations.apply(Opened.config(owner, Map.of()));
    try (Store store = Opened.at(node, VALIDATE)) {
      work(store);
    }

    assertEquals("OW327", early.code());
    assertTrue(early.getMessage().contains("ApplyMigrations"), early::getMessage);
    refused(node, "update onewrite.journal set payload = 'y'");
    refused(node, "delete from onewrite.journal");
    refused(node, "truncate onewrite.journal");
    refused(node, "delete from onewrite.consumer_floor");
    refused(node, "drop table onewrite.journal");
  }

  @Test
  void viewer_reads_andWritesNothing() throws Exception {
    Sql.run(url, Sql.script("roles.sql"));
    ApplyMigrations.apply(Opened.config(user("owner"), Map.of()));
    String viewer = user("viewer");

    long rows = Sql.number(viewer, "select count(*) from onewrite.journal");

    assertEquals(0, rows);
    assertEquals(0, Sql.number(viewer, "select count(*) from onewrite.set_aside"));
    refused(viewer, "update onewrite.set_aside set state = 'DONE'");
    refused(viewer, "insert into onewrite.timer values ('form|1', 't', 1, 1)");
  }

  @Test
  void missingMigration_afterwards_isRefused() throws Exception {
    Opened.at(url).close();
    Sql.run(
        url,
        "delete from onewrite_schema where installed_rank ="
            + " (select max(installed_rank) from onewrite_schema where version is not null)");

    OnewriteException refused =
        assertThrows(OnewriteException.class, () -> Opened.at(url, VALIDATE));

    assertEquals("OW327", refused.code());
  }

  private static void work(Store store) {
    Rows.append(store, "form|1", 1);
    store.snapshots().save(new SnapshotRow("form|1", 1, "state/1", new byte[] {1}, 0));
    store.snapshots().delete("form|1", 1, 1);
    Position bound = store.tail().bound();
    PendingTimer timer = new PendingTimer("form|1", "t", Instant.EPOCH, 1);
    store.timers().change(List.of(timer), List.of());

    assertEquals(0, store.setAside().clean("audit"));
    assertEquals(List.of(), store.setAside().backlogs(Backlog.Filter.ANY, 10));
    assertEquals(bound, store.offsets().save("audit", SliceRange.ALL, bound));
    assertEquals(List.of("form|1#1"), Rows.after(store, Position.START));
    assertEquals(List.of(timer), store.timers().due(SliceRange.ALL, Instant.EPOCH, 10));
  }

  /** A user of this database in one of the roles; its URL. */
  private String user(String role) throws SQLException {
    String name = role + "_" + url.replaceFirst(".*/onewrite_([^?]+)\\?.*", "$1");
    Sql.run(url, "create user " + name + " password 'secret' in role onewrite_" + role);
    return url.replaceFirst("user=[^&]+&password=.*", "user=" + name + "&password=secret");
  }

  private static void refused(String url, String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> Sql.run(url, sql));

    assertEquals(NOT_ALLOWED, refused.getSQLState(), refused::getMessage);
  }
}
