package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

final class LowWatermarkTest {

  private static final int WINDOW = 3;

  /** Settles an item when the test says so. */
  private static final class Told implements Lanes {

    final Map<Long, CompletableFuture<Done>> begun = new LinkedHashMap<>();
    final List<Long> attempts = new ArrayList<>();
    boolean pressed;

    @Override
    public String group() {
      return "told";
    }

    @Override
    public String lane(TailItem item) {
      return item.sender();
    }

    @Override
    public CompletionStage<Done> settle(TailItem item) {
      CompletableFuture<Done> settled = new CompletableFuture<>();
      begun.put(item.position().ordering(), settled);
      attempts.add(item.position().ordering());
      return settled;
    }

    void settled(long ordering) {
      begun.get(ordering).complete(Done.done());
    }

    @Override
    public void begin() {}

    @Override
    public void rise(Position floor) {}

    @Override
    public void press(boolean full) {
      pressed = full;
    }

    @Override
    public void stop() {}
  }

  private final Told lanes = new Told();
  private final LowWatermark watermark = new LowWatermark(lanes, WINDOW);

  @Test
  void offset_whileNothingIsUnsettled_isTheOneAskedFor() {
    assertTrue(accept(TailItem.idle(Position.of(0, 7))).isDone());

    assertEquals(Position.of(0, 7), watermark.settled(Position.of(0, 7)));
  }

  @Test
  void offset_behindAnUnsettledRow_staysBelowIt() {
    accept(row("a", 4));
    accept(row("b", 5));
    lanes.settled(5);

    assertEquals(Position.of(0, 3), watermark.settled(Position.of(0, 5)));
    assertEquals(Position.of(0, 2), watermark.settled(Position.of(0, 2)));
    lanes.settled(4);
    assertEquals(Position.of(0, 5), watermark.settled(Position.of(0, 5)));
  }

  @Test
  void row_unsettledLongerThanThePatience_letsTheTailGoOnAndIsToldLate() throws Exception {
    AtomicInteger late = new AtomicInteger();
    watermark.onLate(late::incrementAndGet);
    CompletableFuture<Done> slow = accept(row("a", 1));
    assertFalse(slow.isDone());

    slow.get(10, TimeUnit.SECONDS);

    assertEquals(Position.START, watermark.settled(Position.of(0, 1)));
    assertEquals(0, late.get());
    lanes.settled(1);
    assertEquals(1, late.get());
    assertEquals(Position.of(0, 1), watermark.settled(Position.of(0, 1)));
  }

  @Test
  void rows_asManyAsTheWindowUnsettled_areLetByOnlyWhenOneSettles() throws Exception {
    List<CompletableFuture<Done>> rows = new ArrayList<>();
    for (int i = 1; i <= WINDOW; i++) {
      rows.add(accept(row("s" + i, i)));
    }
    CompletableFuture<Void> longer = new CompletableFuture<>();
    CompletableFuture.delayedExecutor(3 * LowWatermark.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> longer.complete(null));
    longer.get(10, TimeUnit.SECONDS);
    assertFalse(rows.stream().anyMatch(CompletableFuture::isDone));

    lanes.settled(WINDOW);

    for (CompletableFuture<Done> row : rows) {
      row.get(10, TimeUnit.SECONDS);
    }
    assertEquals(Position.START, watermark.settled(Position.of(0, WINDOW)));
  }

  @Test
  void rows_largeTogether_pressAndAreHeavyUntilOneSettles() {
    accept(row("a", 1, (int) LowWatermark.BYTES_MAX - 1));
    assertFalse(watermark.isHeavy());
    assertFalse(lanes.pressed);

    accept(row("b", 2, 1));

    assertTrue(watermark.isHeavy());
    assertTrue(lanes.pressed);
    lanes.settled(2);
    assertFalse(watermark.isHeavy());
    assertFalse(lanes.pressed);
  }

  /** Else what failed would never be read again. */
  @Test
  void row_largeThatCouldNotBeSettled_isNotHeavyAnyMore() {
    accept(row("a", 1, (int) LowWatermark.BYTES_MAX));
    assertTrue(watermark.isHeavy());

    lanes.begun.get(1L).completeExceptionally(new IllegalStateException("no"));

    assertFalse(watermark.isHeavy());
  }

  @Test
  void rowsOfOneLane_thatWereLetBy_beginOneAfterTheOther() throws Exception {
    CompletableFuture<Done> first = accept(row("a", 1));
    CompletableFuture<Done> second = accept(row("a", 2));
    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    assertEquals(List.of(1L), lanes.attempts);

    lanes.settled(1);

    assertEquals(List.of(1L, 2L), lanes.attempts);
    assertEquals(Position.of(0, 1), watermark.settled(Position.of(0, 2)));
  }

  @Test
  void row_readAgainWhileUnsettled_joinsTheAttemptsUnderWay() {
    accept(row("a", 1));
    accept(row("a", 2));

    watermark.restart();
    CompletableFuture<Done> again = accept(row("a", 1));
    accept(row("a", 2));
    lanes.settled(1);
    lanes.settled(2);

    assertTrue(again.isDone());
    assertEquals(List.of(1L, 2L), lanes.attempts);
    assertEquals(Position.of(0, 2), watermark.settled(Position.of(0, 2)));
  }

  @Test
  void row_thatCouldNotBeSettled_failsAndIsTriedFirstWhenReadAgain() {
    CompletableFuture<Done> failing = accept(row("a", 1));
    CompletableFuture<Done> behind = accept(row("a", 2));
    lanes.begun.get(1L).completeExceptionally(new IllegalStateException("no"));
    assertThrows(CompletionException.class, failing::join);
    assertThrows(CompletionException.class, behind::join);
    assertThrows(CompletionException.class, accept(row("a", 3))::join);
    assertEquals(Position.START, watermark.settled(Position.of(0, 3)));

    watermark.restart();
    accept(row("a", 1));
    accept(row("a", 2));
    lanes.settled(1);
    lanes.settled(2);

    assertEquals(List.of(1L, 1L, 2L), lanes.attempts);
    assertEquals(Position.of(0, 2), watermark.settled(Position.of(0, 2)));
  }

  @Test
  void lane_ofVeryManyRows_isSettledWithoutDeepCalls() {
    LowWatermark wide = new LowWatermark(lanes, 200_000);
    CompletableFuture<Done> first = wide.accept(row("a", 1)).toCompletableFuture();
    for (int i = 2; i <= 100_000; i++) {
      wide.accept(row("a", i));
    }
    lanes.begun.get(1L).complete(Done.done());
    first.join();

    for (long i = 2; i <= 100_000; i++) {
      lanes.settled(i);
    }

    assertEquals(Position.of(0, 100_000), wide.settled(Position.of(0, 100_000)));
  }

  private CompletableFuture<Done> accept(TailItem item) {
    return watermark.accept(item).toCompletableFuture();
  }

  private static TailItem row(String sender, long ordering) {
    return row(sender, ordering, 0);
  }

  private static TailItem row(String sender, long ordering, int bytes) {
    JournalRow row = new JournalRow(sender, ordering, "w", "m", new byte[bytes], 0);
    return TailItem.of(new TailRow(Position.of(0, ordering), row));
  }
}
