package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers that wait are rows: a node with many of them takes no more memory than one with few. */
final class PendingTimersTest {

  private static final int ENTITIES = 100;
  private static final int TIMERS_EACH = 1_000;

  /** 40 bytes a timer: its id alone, as a text, takes more. */
  private static final long BYTES_MAX = ENTITIES * TIMERS_EACH * 40L;

  @TempDir Path few;
  @TempDir Path many;

  @Test
  void timers_pending_takeNoMemory() {
    wind(few, 1);
    wind(many, TIMERS_EACH);
    used(few); // classes are loaded, code is compiled
    used(many);

    long more = used(many) - used(few);

    System.out.printf(
        "%,d timers pending instead of %,d: %,d KiB of heap more%n",
        ENTITIES * TIMERS_EACH, ENTITIES, more / 1024);
    assertTrue(more < BYTES_MAX, more + " bytes more");
  }

  private static void wind(Path directory, int timers) {
    Instant due = Instant.now().plus(Duration.ofDays(1));
    try (Onewrite onewrite = node(directory)) {
      List<CompletableFuture<Void>> set = new ArrayList<>();
      for (int entity = 0; entity < ENTITIES; entity++) {
        set.add(
            onewrite
                .ref(Calls.CLOCK, "c" + entity)
                .tell(new Calls.Wind(0, timers, due))
                .toCompletableFuture());
      }
      CompletableFuture.allOf(set.toArray(CompletableFuture[]::new)).join();
    }
  }

  /** Heap in use by a node once a timer of its own has fired: so it has looked for those due. */
  private static long used(Path directory) {
    try (Onewrite onewrite = node(directory)) {
      Ref<Calls.ClockMessage> now = onewrite.ref(Calls.CLOCK, "now" + Instant.now());
      now.tell(new Calls.Wind(0, 1, Instant.now())).toCompletableFuture().join();
      Await.until("it has fired", () -> onewrite.history(now.address()).size() == 2);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }

  private static Onewrite node(Path directory) {
    return Onewrite.builder().component(Calls.CLOCK).directory(directory).start();
  }
}
