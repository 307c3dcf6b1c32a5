package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.RetryableException;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit has happened, and whoever asked for it never hears so. */
final class LostCommitTest {

  @TempDir Path folder;

  @Test
  void answerToCommit_lostOnItsWayFromPostgres_countsOnce() throws Exception {
    AtomicInteger toLose = new AtomicInteger();
    try (Stage.Postgres stage = Stage.Postgres.alone(folder)) {
      Faults faults =
          point -> {
            if (point == FaultPoint.BEFORE_COMMIT && toLose.getAndSet(0) == 1) {
              stage.proxy().loseRow();
            }
          };
      try (Onewrite node = Hearsay.node(stage, faults).start()) {
        Hearsay.say(node, "s", new Hearsay.Say(0, 1, "h"));

        askedThroughALostAnswer(node, () -> toLose.set(1));
      }

      assertEquals(1, stage.proxy().lost());
    }
  }

  @Test
  void answerToCommit_lostInSqlite_countsOnce() throws Exception {
    AtomicInteger toLose = new AtomicInteger();
    Faults faults =
        point -> {
          if (point == FaultPoint.AFTER_COMMIT && toLose.getAndSet(0) == 1) {
            throw new IllegalStateException("the answer is lost");
          }
        };
    try (Stage stage = new Stage.Sqlite(folder);
        Onewrite node = Hearsay.node(stage, faults).start()) {
      Hearsay.say(node, "s", new Hearsay.Say(0, 1, "h"));

      askedThroughALostAnswer(node, () -> toLose.set(1));

      assertEquals(0, toLose.get());
    }
  }

  private static void askedThroughALostAnswer(Onewrite node, Runnable lose) {
    Ref<Hearsay.SpeakerMessage> speaker = node.ref(Hearsay.SPEAKER, "s");
    Hearsay.await("the first is heard", () -> Hearsay.heard(node, "h").equals(Hearsay.all(1)));
    lose.run();

    CompletionException unknown =
        assertThrows(CompletionException.class, () -> ask(speaker, "lost"));
    Hearsay.Spoken answer = ask(speaker, "lost");

    RetryableException coded = assertInstanceOf(RetryableException.class, unknown.getCause());
    assertEquals("OW121", coded.code(), coded.getMessage());
    assertEquals(new Hearsay.Spoken(2), answer);
    assertEquals(2, node.history(speaker.address()).size());
    Hearsay.await("it is heard once", () -> Hearsay.heard(node, "h").equals(Hearsay.all(2)));
  }

  private static Hearsay.Spoken ask(Ref<Hearsay.SpeakerMessage> speaker, String requestId) {
    return speaker
        .ask(new Hearsay.Say(1, 2, "h"), Hearsay.Spoken.class, requestId)
        .toCompletableFuture()
        .join();
  }
}
