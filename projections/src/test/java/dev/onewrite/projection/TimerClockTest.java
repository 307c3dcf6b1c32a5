package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.OutboxSettings;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.TailRow;
import dev.onewrite.spi.Timers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the clock reads, and that it misses nothing by not reading; its time stands still. */
final class TimerClockTest {

  private static final Duration LESS_THAN_A_READ_IS_TRUSTED = Duration.ofMillis(500);

  private final Setup setup = new Setup();
  private final Counted timers = new Counted(setup.memory.timers());
  private final Map<String, CompletableFuture<Void>> fired = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Instant now = Instant.ofEpochSecond(1_000_000);
  private final TimerClock clock = new TimerClock(setup, SliceRange.ALL, Runnable::run);

  @AfterEach
  void stop() {
    clock.close();
    setup.memory.close();
  }

  @Test
  void timersUnderWay_areNotReadAgain() {
    set(10, now);
    clock.wake();

    IntStream.range(0, 5).forEach(number -> settle("t" + number));

    Await.until("five are removed", () -> timers.removed.get() == 5);
    int looked = looks.get();
    Await.until("it has looked twice more", () -> looks.get() > looked + 2);
    assertEquals(1, timers.reads.get());
  }

  @Test
  void timerSetWhileOthersAreUnderWay_fires() {
    set(1, now);
    clock.wake();

    timers.change(List.of(timer("set", now)), List.of());
    clock.wake();

    assertTrue(fired.containsKey("set"));
  }

  @Test
  void timerComingDueWhileOthersAreUnderWay_fires() {
    set(1, now);
    timers.change(List.of(timer("later", now.plusMillis(1))), List.of());
    clock.wake();

    now = now.plus(LESS_THAN_A_READ_IS_TRUSTED);

    Await.until("it has fired", () -> fired.containsKey("later"));
  }

  @Test
  void timerSetByAFormerWorkerWhileOthersAreUnderWay_fires() {
    set(1, now);
    clock.wake();

    timers.change(List.of(timer("unheard", now)), List.of());
    now = now.plusSeconds(1);

    Await.until("it has fired", () -> fired.containsKey("unheard"));
  }

  @Test
  void timerThatFailedWhileOthersAreUnderWay_isFiredAgain() {
    set(2, now);
    clock.wake();

    CompletableFuture<Void> first = fired.get("t1");
    first.completeExceptionally(new IllegalStateException("not yet"));
    Await.until("it is put off", () -> timers.changes.get() == 2);
    now = now.plus(LESS_THAN_A_READ_IS_TRUSTED);

    Await.until("it has fired again", () -> fired.get("t1") != first);
  }

  @Test
  void timersOverTheLimit_fireWhenPlacesAreFree() {
    set(TimerClock.FIRING_MAX + 1, now);
    clock.wake();
    assertEquals(TimerClock.FIRING_MAX, fired.size());

    settle(fired.keySet().iterator().next());

    Await.until("the last has fired", () -> fired.size() == TimerClock.FIRING_MAX + 1);
  }

  @Test
  void timersThatStaySilent_giveUpTheirPlaces() {
    set(TimerClock.FIRING_MAX + 1, now);
    clock.wake();
    assertEquals(TimerClock.FIRING_MAX, fired.size());

    now = now.plusSeconds(1);

    Await.until("the last has fired", () -> fired.size() == TimerClock.FIRING_MAX + 1);
  }

  private void set(int count, Instant due) {
    timers.change(
        IntStream.range(0, count).mapToObj(number -> timer("t" + number, due)).toList(), List.of());
  }

  private static PendingTimer timer(String id, Instant due) {
    return new PendingTimer("clock|1", id, due, 1);
  }

  private void settle(String id) {
    fired.get(id).complete(null);
  }

  /** Counts what the clock reads, and what it and the test write. */
  private static final class Counted implements Timers {
    private final Timers timers;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    Counted(Timers timers) {
      this.timers = timers;
    }

    @Override
    public void change(List<PendingTimer> set, List<PendingTimer.Key> gone) {
      timers.change(set, gone);
      removed.addAndGet(gone.size());
      changes.incrementAndGet();
    }

    @Override
    public List<PendingTimer> due(SliceRange slices, Instant now, int max) {
      reads.incrementAndGet();
      return timers.due(slices, now, max);
    }

    @Override
    public Optional<Instant> next(SliceRange slices, Instant after) {
      return timers.next(slices, after);
    }
  }

  private final class Setup extends PlainSetup implements Alarms {

    @Override
    public Store store() {
      return (Store)
          Proxy.newProxyInstance(
              Store.class.getClassLoader(),
              new Class<?>[] {Store.class},
              (proxy, method, arguments) ->
                  method.getName().equals("timers") ? timers : method.invoke(memory, arguments));
    }

    @Override
    public Alarms alarms() {
      return this;
    }

    @Override
    public CompletionStage<Void> fire(PendingTimer timer) {
      CompletableFuture<Void> turn = new CompletableFuture<>();
      fired.put(timer.timerId(), turn);
      return turn;
    }

    @Override
    public OutboxSettings settings() {
      Duration poll = Duration.ofMillis(5);
      return new OutboxSettings(
          poll, 1, 1, new OutboxSettings.Redelivery(poll, poll, 9, 9, poll), 1, poll);
    }

    @Override
    public InstantSource clock() {
      return () -> {
        looks.incrementAndGet();
        return now;
      };
    }

    @Override
    public Change change(TailRow row) {
      throw new UnsupportedOperationException();
    }
  }
}
