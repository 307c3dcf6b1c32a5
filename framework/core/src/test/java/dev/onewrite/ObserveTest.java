package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Observers are shown committed states only, the newest always, an older one never afterwards. */
@SuppressWarnings("try") // an observation is there to be ended
final class ObserveTest {

  private static final Component<Message> COUNTER =
      Counters.working(
          (turn, work) -> {
            turn.assign(total -> total.plus(1_000));
            throw new IllegalStateException("no");
          });

  private final TestStore store = new TestStore();
  private final Onewrite node = Counters.node(store, COUNTER).start();
  private final Ref<Message> one = node.ref(COUNTER, "one");
  private final List<Committed<Total>> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    node.close();
  }

  private boolean hasSeen(Total total) {
    return seen.stream().anyMatch(state -> state.context().equals(total));
  }

  private void assertAscending() {
    for (int i = 1; i < seen.size(); i++) {
      assertTrue(seen.get(i - 1).turn() < seen.get(i).turn(), seen.toString());
    }
  }

  @Test
  void observer_ofAnEntityWithoutHistory_isShownItsBeginning() {
    try (Observation observation = one.observe(Total.class, seen::add)) {
      Await.until("a state", () -> !seen.isEmpty());

      assertEquals(
          new Committed<>(one.address(), 0, List.of("active"), List.of(), new Total(0, 0)),
          seen.get(0));
    }
  }

  @Test
  void observer_thatIsNew_isShownTheStateOfNow() {
    Await.value(one.tell(new Add(1)));

    try (Observation observation = one.observe(Total.class, seen::add)) {
      Await.until("a state", () -> !seen.isEmpty());

      assertEquals(1, seen.get(0).turn());
      assertEquals(new Total(1, 1), seen.get(0).context());
    }
  }

  @Test
  void observers_underLoad_seeTheNewestInTheEndAndNeverAnOlderOne() {
    try (Observation observation = one.observe(Total.class, seen::add)) {
      List<CompletionStage<Void>> tells = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        tells.add(one.tell(new Add(1)));
        if (i % 30 == 0) {
          one.observe(Total.class, state -> {}).close();
        }
      }
      tells.forEach(Await::value);

      Await.until("the newest state", () -> hasSeen(new Total(300, 300)));
      assertAscending();
      seen.forEach(state -> assertEquals(state.turn(), state.context().turns()));
    }
  }

  @Test
  void slowObserver_missesStatesInBetweenAndSeesTheNewestOneByOne() {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger within = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    try (Observation observation =
        one.observe(
            Total.class,
            state -> {
              if (within.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
              }
              Await.latch(go);
              seen.add(state);
              within.decrementAndGet();
            })) {
      Await.until("the first call", () -> within.get() == 1);
      AtomicLong newest = new AtomicLong();
      try (Observation later = one.observe(Total.class, state -> newest.set(state.turn()))) {
        for (int i = 0; i < 100; i++) {
          Await.value(one.tell(new Add(1)));
        }
        // A caller has its answer before observers have the state; the later one has it last.
        Await.until("the newest state is shown", () -> newest.get() == 100);
      }
      go.countDown();

      Await.until("the newest state", () -> hasSeen(new Total(100, 100)));
      assertEquals(2, seen.size(), seen.toString());
      assertEquals(0, overlaps.get());
    }
  }

  @Test
  void failedTurn_isShownToNobody() {
    try (Observation observation = one.observe(Total.class, seen::add)) {
      Await.value(one.tell(new Add(1)));
      Await.failure("OW106", RefusedException.class, one.tell(new Work("x")));
      Await.value(one.tell(new Add(1)));

      Await.until("the newest state", () -> hasSeen(new Total(2, 2)));
      assertTrue(seen.stream().allMatch(s -> s.context().sum() < 1_000), seen.toString());
    }
  }

  @Test
  void observer_thatThrows_isShownTheNextAllTheSame() {
    AtomicInteger calls = new AtomicInteger();
    try (Observation observation =
        one.observe(
            Total.class,
            state -> {
              seen.add(state);
              calls.incrementAndGet();
              throw new IllegalStateException("observer");
            })) {
      Await.until("the first call", () -> calls.get() == 1);

      Await.value(one.tell(new Add(1)));

      Await.until("the next state", () -> hasSeen(new Total(1, 1)));
    }
  }

  @Test
  void observer_thatHasEnded_isShownNothingMore() {
    List<Committed<Total>> other = new CopyOnWriteArrayList<>();
    Observation ended = one.observe(Total.class, seen::add);
    Await.until("a state", () -> !seen.isEmpty());
    ended.close();

    try (Observation observation = one.observe(Total.class, other::add)) {
      Await.value(one.tell(new Add(1)));
      Await.until("the other's state", () -> other.stream().anyMatch(s -> s.turn() == 1));

      assertEquals(1, seen.size());
    }
  }
}
