package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.RetryableException;
import dev.onewrite.rig.Hearsay.Heard;
import dev.onewrite.rig.Hearsay.HearerMessage;
import dev.onewrite.rig.Hearsay.Said;
import dev.onewrite.rig.Hearsay.Say;
import dev.onewrite.rig.Hearsay.Spoken;
import dev.onewrite.rig.Hearsay.What;
import dev.onewrite.spi.Backlog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deferred while its receivers were away is delivered when they are back, and soon. */
@Tag("chaos")
final class BacklogTest {

  private static final int FEW = 500;
  private static final int MANY = 4 * FEW;
  private static final int EACH = 10;

  private static final RetryableException AWAY = new RetryableException("TEST", "away");

  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger turns = new AtomicInteger();

  private final Component<HearerMessage> hearer =
      Component.define("hearer", HearerMessage.class)
          .context(() -> new Heard(0, -1, true))
          .subscribe(
              Said.class,
              Said::hearer,
              (turn, said) -> {
                if (away.get()) {
                  throw AWAY;
                }
                turn.assign(heard -> heard.with(said.number()));
                turns.incrementAndGet();
              })
          .answer(What.class, (view, what) -> view.context())
          .build();

  @TempDir Path folder;

  /** Opens a stage in a folder of its own. */
  private interface Stages {
    Stage open(Path folder) throws Exception;
  }

  @Test
  void backlog_onSqlite_isWorkedOffAtTheSamePaceHoweverLong() throws Exception {
    assertSamePace(Stage.Sqlite::new);
  }

  @Test
  void backlog_onPostgres_isWorkedOffAtTheSamePaceHoweverLong() throws Exception {
    assertSamePace(Stage.Postgres::alone);
  }

  /** The few before and after the many: what else the machine does may change meanwhile. */
  private void assertSamePace(Stages stages) throws Exception {
    long before = nanosToWorkOff(stages, "before", FEW);
    long many = nanosToWorkOff(stages, "many", MANY);
    long after = nanosToWorkOff(stages, "after", FEW);
    assertSamePace(Math.max(before, after), many);
  }

  private long nanosToWorkOff(Stages stages, String name, int speakers) throws Exception {
    try (Stage stage = stages.open(Files.createDirectory(folder.resolve(name)))) {
      return nanosToWorkOff(stage, speakers);
    }
  }

  private static void assertSamePace(long few, long many) {
    double times = (double) many / few;
    System.out.printf(
        "backlog: %,d messages in %,d ms, %,d in %,d ms: %.1f times as long%n",
        FEW * EACH, few / 1_000_000, MANY * EACH, many / 1_000_000, times);
    assertTrue(times < 1.5 * MANY / FEW, "four times as many take " + times + " times as long");
  }

  private long nanosToWorkOff(Stage stage, int speakers) {
    try (Onewrite node =
        Onewrite.builder()
            .config(ConfigFactory.parseString(stage.last()))
            .set("onewrite.ask-timeout", "60s")
            .set("onewrite.outbox.redelivery.attempts-max", 1_000)
            .set("onewrite.outbox.redelivery.defer-after", "100ms")
            .component(Hearsay.SPEAKER)
            .component(hearer)
            .start()) {
      away.set(true);
      turns.set(0);
      CompletableFuture.allOf(
              IntStream.range(0, speakers)
                  .mapToObj(
                      i ->
                          node.ref(Hearsay.SPEAKER, "s" + i)
                              .ask(new Say(0, EACH, "h" + i), Spoken.class)
                              .toCompletableFuture())
                  .toArray(CompletableFuture<?>[]::new))
          .join();
      Hearsay.await("all is deferred", 300, () -> deferred(node) == (long) speakers * EACH);

      long began = System.nanoTime();
      away.set(false);
      Hearsay.await("all is heard", 300, () -> turns.get() >= speakers * EACH);
      long took = System.nanoTime() - began;
      Hearsay.await("nothing is deferred", () -> deferred(node) == 0);

      for (int i = 0; i < speakers; i++) {
        assertEquals(
            Hearsay.all(EACH),
            node.ref(hearer, "h" + i).ask(new What(), Heard.class).toCompletableFuture().join());
      }
      return took;
    }
  }

  private static long deferred(Onewrite node) {
    return node.outbox().deferred(MANY).stream().mapToLong(Backlog::deferred).sum();
  }
}
