package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Address;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 100,000 timers pending over a restart, 250 of them late. It prints what it measured; the time of
 * the late ones counts from the return of {@code start()} to the turn of the last, of entities that
 * are all still to be read from the journal.
 */
@Tag("slow")
final class ManyTimersTest {

  private static final int ENTITIES = 1_000;
  private static final int TIMERS_EACH = 100;

  /**
   * 250, each of another entity: what comes due in three and a half minutes without a node, if
   * 100,000 are spread over a day.
   */
  private static final int LATE = 250;

  private static final Duration LATE_WITHIN = Duration.ofSeconds(1);

  /** Turns that set the timers. */
  private static final int SETTING = ENTITIES + LATE;

  @TempDir Path directory;

  @Test
  void timers_pendingOverARestart_allFireOnceAndNoneEarly() throws SQLException {
    Instant late = Instant.ofEpochMilli(System.currentTimeMillis());
    Instant due = late.plusSeconds(60);
    try (Onewrite onewrite = node()) {
      List<CompletableFuture<Void>> set = new ArrayList<>();
      for (int entity = 0; entity < ENTITIES; entity++) {
        Ref<Calls.ClockMessage> clock = onewrite.ref(Calls.CLOCK, "c" + entity);
        set.add(
            clock
                .tell(new Calls.Wind(entity < LATE ? 1 : 0, TIMERS_EACH, due))
                .toCompletableFuture());
      }
      CompletableFuture.allOf(set.toArray(CompletableFuture[]::new)).join();
      set.clear();
      for (int entity = 0; entity < LATE; entity++) {
        set.add(
            onewrite
                .ref(Calls.CLOCK, "c" + entity)
                .tell(new Calls.Wind(0, 1, Instant.now().plusMillis(2_000)))
                .toCompletableFuture());
      }
      CompletableFuture.allOf(set.toArray(CompletableFuture[]::new)).join();
    }
    Await.until("the late ones are overdue", () -> Instant.now().isAfter(late.plusSeconds(10)));

    try (Connection journal = journal()) {
      assertEquals(SETTING, rows(journal), "turns before the restart, none of them a timer's");
    }
    long before = usedMemory();
    try (Connection journal = journal();
        Onewrite onewrite = node()) {
      Instant started = Instant.now();
      Await.until("the late ones have struck", () -> rows(journal) == SETTING + LATE);
      Duration lasted = Duration.between(started, lastFired(onewrite));
      System.out.printf(
          "%,d late timers: the last fired %d ms after the start%n", LATE, lasted.toMillis());
      assertTrue(lasted.compareTo(LATE_WITHIN) < 0, "it took " + lasted);
      System.out.printf(
          "%,d timers pending: %d KiB of heap more than before the start%n",
          ENTITIES * TIMERS_EACH - LATE, (usedMemory() - before) / 1024);

      Await.until("their time has come", Duration.ofSeconds(70), () -> Instant.now().isAfter(due));
      Await.until(
          "all have struck",
          Duration.ofSeconds(120),
          () -> rows(journal) == SETTING + ENTITIES * TIMERS_EACH);
      System.out.printf(
          "%,d timers due at one moment: the last fired %d ms after it%n",
          ENTITIES * TIMERS_EACH - LATE, Duration.between(due, lastFired(onewrite)).toMillis());

      for (int entity = 0; entity < ENTITIES; entity++) {
        assertEquals(
            new Calls.Struck(TIMERS_EACH, 0, TIMERS_EACH * (TIMERS_EACH - 1) / 2),
            count(onewrite, entity));
      }
    }
  }

  /** Turns so far, each a row: whoever asked the entities would take the processor from them. */
  private static int rows(Connection journal) {
    try (Statement statement = journal.createStatement();
        ResultSet last = statement.executeQuery("select max(ordering) from journal")) {
      return last.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Connection journal() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("onewrite.db"));
  }

  /** The time of the last turn of a timer, as the journal has it. */
  private static Instant lastFired(Onewrite onewrite) {
    Instant last = Instant.EPOCH;
    for (int entity = 0; entity < ENTITIES; entity++) {
      for (Batch batch : onewrite.history(new Address("clock", "c" + entity))) {
        if (batch.cause() instanceof Cause.Fired && batch.at().isAfter(last)) {
          last = batch.at();
        }
      }
    }
    return last;
  }

  private static Calls.Struck count(Onewrite onewrite, int entity) {
    return onewrite
        .ref(Calls.CLOCK, "c" + entity)
        .ask(new Calls.Count(), Calls.Struck.class)
        .toCompletableFuture()
        .join();
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private Onewrite node() {
    return Onewrite.builder().component(Calls.CLOCK).directory(directory).start();
  }
}
