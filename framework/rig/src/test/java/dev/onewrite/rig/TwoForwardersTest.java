package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.spi.FaultPoint;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that do not know of each other: both deliver all slices, and both run all entities. */
@Tag("chaos")
final class TwoForwardersTest {

  private static final int NUMBERS = 200;

  @TempDir Path folder;

  @Test
  void slices_ofTwoForwarders_areDeliveredOnceInOrder() throws Exception {
    AtomicInteger dropped = new AtomicInteger();
    try (Stage.Postgres stage = Stage.Postgres.alone(folder);
        Onewrite one = Hearsay.node(stage, point -> count(point, dropped)).start();
        Onewrite two = Hearsay.node(stage, point -> count(point, dropped)).start()) {
      for (int number = 0; number < NUMBERS; number++) {
        Hearsay.say(one, "a", new Hearsay.Say(number, number + 1, "of-a"));
        Hearsay.say(two, "b", new Hearsay.Say(number, number + 1, "of-b"));
      }

      for (String hearer : new String[] {"of-a", "of-b"}) {
        Hearsay.await(
            "all is heard",
            () -> one.history(one.ref(Hearsay.HEARER, hearer).address()).size() >= NUMBERS);
        assertEquals(NUMBERS, one.history(one.ref(Hearsay.HEARER, hearer).address()).size());
      }
    }
    try (Stage.Postgres stage = Stage.Postgres.alone(folder);
        Onewrite fresh = Hearsay.node(stage, point -> count(point, dropped)).start()) {
      assertEquals(Hearsay.all(NUMBERS), Hearsay.heard(fresh, "of-a"));
      assertEquals(Hearsay.all(NUMBERS), Hearsay.heard(fresh, "of-b"));
    }
    assertTrue(dropped.get() > 0, "the two were never at the same message");
  }

  private static void count(FaultPoint point, AtomicInteger dropped) {
    if (point == FaultPoint.DUPLICATE) {
      dropped.incrementAndGet();
    }
  }
}
