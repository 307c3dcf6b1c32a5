package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.spi.Faults;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock is set an hour forth and two back: nothing is lost, doubled or out of order. */
final class ClockTest {

  private static final int EACH = 50;

  /** The system's clock, wrong by as much as a test says. */
  private static final class WrongClock extends Clock {
    private final AtomicReference<Duration> wrong = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(wrong.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @TempDir Path folder;

  @Test
  void clock_setAnHourForthAndBack_changesWhenTimersFireAndNothingElse() throws Exception {
    WrongClock clock = new WrongClock();
    try (Stage stage = new Stage.Sqlite(folder);
        Onewrite node = Hearsay.node(stage, Faults.NONE).clock(clock).start()) {
      Ref<Hearsay.SpeakerMessage> speaker = node.ref(Hearsay.SPEAKER, "timed");
      later(speaker, 0, 1_800_000);
      say(node, 0);

      clock.wrong.set(Duration.ofHours(1));
      Hearsay.await("the timer fires", () -> Hearsay.heard(node, "late").equals(Hearsay.all(1)));
      say(node, 1);

      clock.wrong.set(Duration.ofHours(-1));
      later(speaker, 1, 1);
      Hearsay.await("the timer fires", () -> Hearsay.heard(node, "late").equals(Hearsay.all(2)));
      say(node, 2);

      // Set while the clock was an hour ahead, due once it is there again.
      clock.wrong.set(Duration.ofHours(1));
      later(speaker, 2, 10_000);
      clock.wrong.set(Duration.ZERO);
      say(node, 3);
      assertEquals(Hearsay.all(2), Hearsay.heard(node, "late"));
      clock.wrong.set(Duration.ofHours(2));
      Hearsay.await("the timer fires", () -> Hearsay.heard(node, "late").equals(Hearsay.all(3)));

      Hearsay.await("all is heard", () -> Hearsay.heard(node, "h").equals(Hearsay.all(4 * EACH)));
      assertEquals(6, node.history(speaker.address()).size(), "three told, three fired");
    }
  }

  private static void later(Ref<Hearsay.SpeakerMessage> speaker, int number, long millis) {
    speaker.tell(new Hearsay.SayLater(number, "late", millis)).toCompletableFuture().join();
  }

  private static void say(Onewrite node, int round) {
    for (int number = round * EACH; number < (round + 1) * EACH; number++) {
      Hearsay.say(node, "s", new Hearsay.Say(number, number + 1, "h"));
    }
  }
}
