package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.component.OverdueTimers;
import dev.onewrite.projection.ClusterNodes.ClusterNode;
import dev.onewrite.projection.TimersTest.BellMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that joins others does not skip what came due before it was there: they were. */
final class OverdueClusterTest {

  private static final int BELLS = 12;

  private final Component<BellMessage> bell = TimersTest.bell(OverdueTimers.SKIP);

  @Test
  void timersDueBeforeANodeJoins_ofAComponentThatSkips_fireThere() {
    SharedStore store = new SharedStore();
    Clock clock = Clock.systemUTC();
    try (ClusterNodes nodes = new ClusterNodes(store, name -> List.of(bell))) {
      ClusterNode first = nodes.set("onewrite.outbox.workers", 4).clock(clock).start();
      for (int number = 0; number < BELLS; number++) {
        long hour = Duration.ofHours(1).toMillis();
        bell(first, number).tell(new TimersTest.Wind("a", hour, "a")).toCompletableFuture().join();
      }

      // For this one the hour has passed long ago: it finds them late when it takes over.
      ClusterNode second = nodes.clock(Clock.offset(clock, Duration.ofHours(2))).start();
      nodes.leave(first);

      Await.until(
          "all timers are spent",
          Duration.ofSeconds(60),
          () -> {
            for (int number = 0; number < BELLS; number++) {
              if (second.onewrite().history(bell(second, number).address()).size() < 2) {
                return false;
              }
            }
            return true;
          });
      for (int number = 0; number < BELLS; number++) {
        assertEquals(List.of("a"), rung(bell(second, number)));
      }
    }
  }

  private Ref<BellMessage> bell(ClusterNode node, int number) {
    return node.onewrite().ref(bell, "b" + number);
  }

  private static List<String> rung(Ref<BellMessage> bell) {
    return bell.ask(new TimersTest.Listen(), TimersTest.Rung.class)
        .toCompletableFuture()
        .join()
        .texts();
  }
}
