package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes on one database that do not know of each other write the same entity. */
final class TwoSystemsTest {

  @Test
  void oneEntity_writtenByTwoSystems_neverForks_andHarmsNoNeighbour() throws Exception {
    rounds(50);
  }

  @Test
  @Tag("slow")
  void oneEntity_writtenByTwoSystemsAThousandTimes_neverForks_andHarmsNoNeighbour()
      throws Exception {
    rounds(1_000);
  }

  private static void rounds(int rounds) throws Exception {
    String url = TestPostgres.shared().database();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Onewrite one = Talk.node(url);
        Onewrite two = Talk.node(url)) {
      for (int round = 1; round <= rounds; round++) {
        int number = round;
        Future<?> first = threads.submit(() -> round(one, "one", number));
        Future<?> second = threads.submit(() -> round(two, "two", number));
        first.get(60, TimeUnit.SECONDS);
        second.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    long rows = count(url, "speaker|shared", "count(*)");
    long last = count(url, "speaker|shared", "max(sequence_number)");
    try (Onewrite fresh = Talk.node(url)) {
      assertEquals(2 * rounds, Talk.spoken(fresh, "shared"));
      assertEquals(rounds, Talk.spoken(fresh, "neighbour-one"));
      assertEquals(rounds, Talk.spoken(fresh, "neighbour-two"));
    }
    assertEquals(2 * rounds, rows);
    assertEquals(rows, last);
  }

  /**
   * The shared entity's caller tries again until it is served; the neighbour's must not have to.
   */
  private static void round(Onewrite node, String name, int number) {
    Talk.Say say = new Talk.Say(number, "nobody-listens-" + name);
    Talk.say(node, "shared", say);
    Talk.sayOnce(node, "neighbour-" + name, say, UUID.randomUUID().toString());
  }

  private static long count(String url, String persistenceId, String what) throws Exception {
    return Sql.number(
        url,
        "select " + what + " from onewrite.journal where persistence_id = '" + persistenceId + "'");
  }
}
