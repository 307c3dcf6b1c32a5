package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tail shows while transactions of other nodes are open. */
final class LateCommitTest {

  private final String url = TestPostgres.shared().database();

  @Test
  void rows_behindAnOpenTransaction_comeAfterItsRowsOnceItCommits() throws Exception {
    try (Store store = Opened.at(url)) {
      Rows.append(store, "form|1", 1);
      Position read = store.tail().bound();
      try (Connection late = Sql.inserting(url, "form|late", 1)) {
        Rows.append(store, "form|1", 2);
        Rows.append(store, "form|2", 1);

        List<String> whileOpen = Rows.after(store, read);
        Position boundWhileOpen = store.tail().bound();
        late.commit();
        List<String> afterwards = Rows.after(store, read);

        assertEquals(List.of(), whileOpen);
        assertEquals(read, boundWhileOpen, "an idle reader would have moved past the late row");
        assertEquals(List.of("form|late#1", "form|1#2", "form|2#1"), afterwards);
      }
    }
  }

  @Test
  void rowsRolledBack_holdUpNobody() throws Exception {
    try (Store store = Opened.at(url)) {
      for (int i = 1; i <= 20; i++) {
        try (Connection failing = Sql.inserting(url, "form|never", i)) {
          failing.rollback();
        }
        Rows.append(store, "form|1", i);
      }

      List<String> rows = Rows.after(store, Position.START);

      assertEquals(20, rows.size());
      assertEquals("form|1#20", rows.get(19));
    }
  }

  @Test
  void offsetsSavedByTwoNodesAtOnce_giveTheFloorOfBoth() throws Exception {
    var left = new SliceRange(0, 511);
    var right = new SliceRange(512, 1023);
    try (Store one = Opened.at(url);
        Store two = Opened.at(url)) {
      for (int i = 1; i <= 50; i++) {
        Position reached = Position.of(i, i);

        Thread other = new Thread(() -> two.offsets().save("audit", right, reached));
        other.start();
        one.offsets().save("audit", left, reached);
        other.join();

        assertEquals(reached, one.offsets().floor("audit"));
      }
    }
  }
}
