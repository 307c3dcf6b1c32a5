package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More timers that fail than may be under way at once. */
final class FailingTimersTest {

  private static final int ENTITIES = 12;
  private static final int EACH = 100;

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final AtomicInteger attempts = new AtomicInteger();

  private final Component<Calls.ClockMessage> failing =
      Component.define("failing", Calls.ClockMessage.class)
          .context(() -> new Calls.Struck(0, 0, 0))
          .on(
              Calls.Wind.class,
              (turn, wind) -> {
                for (int number = wind.from(); number < wind.to(); number++) {
                  turn.timers()
                      .start("t" + number, Duration.ZERO, new Calls.Strike(number, wind.due()));
                }
              })
          .on(
              Calls.Strike.class,
              (turn, strike) -> {
                attempts.incrementAndGet();
                if (broken.get()) {
                  throw new IllegalStateException("not yet");
                }
                turn.assign(
                    struck ->
                        new Calls.Struck(
                            struck.times() + 1, 0, struck.lastSum() + strike.number()));
              })
          .answer(Calls.Count.class, (view, count) -> view.context())
          .build();

  @TempDir Path directory;

  @Test
  void timersOfOthers_whileMoreFailThanMayBeUnderWay_fire() {
    assertTrue(ENTITIES * EACH > TimerClock.FIRING_MAX);
    try (Onewrite onewrite = node()) {
      List<CompletableFuture<Void>> set = new ArrayList<>();
      for (int entity = 0; entity < ENTITIES; entity++) {
        set.add(
            failing(onewrite, entity)
                .tell(new Calls.Wind(0, EACH, Instant.now()))
                .toCompletableFuture());
      }
      CompletableFuture.allOf(set.toArray(CompletableFuture[]::new)).join();
      Await.until("all have failed", () -> attempts.get() > 2 * ENTITIES * EACH);

      Ref<Calls.ClockMessage> clock = onewrite.ref(Calls.CLOCK, "1");
      clock.tell(new Calls.Wind(0, 1, Instant.now().plusMillis(50))).toCompletableFuture().join();
      Await.until("the other has struck", () -> struck(clock).times() == 1);

      broken.set(false);

      Calls.Struck each = new Calls.Struck(EACH, 0, EACH * (EACH - 1) / 2);
      Await.until(
          "all have struck",
          () ->
              IntStream.range(0, ENTITIES)
                  .allMatch(entity -> struck(failing(onewrite, entity)).times() >= EACH));
      for (int entity = 0; entity < ENTITIES; entity++) {
        assertEquals(each, struck(failing(onewrite, entity)));
      }
    }
  }

  private Ref<Calls.ClockMessage> failing(Onewrite onewrite, int entity) {
    return onewrite.ref(failing, "f" + entity);
  }

  private static Calls.Struck struck(Ref<Calls.ClockMessage> clock) {
    return clock.ask(new Calls.Count(), Calls.Struck.class).toCompletableFuture().join();
  }

  private Onewrite node() {
    return Onewrite.builder()
        .component(failing)
        .component(Calls.CLOCK)
        .directory(directory)
        .set("onewrite.outbox.redelivery.first", "100ms")
        .set("onewrite.outbox.redelivery.max", "500ms")
        .set("onewrite.outbox.redelivery.report-after", 1_000)
        .start();
  }
}
