package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.Rules;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Lets the tail go on past rows that are not settled yet, and knows the position below which
 * everything is.
 */
final class LowWatermark {

  /**
   * 100 ms. How long a row may hold up the rows of others. Most are settled within it, so that the
   * offset seldom has to wait for one that is late.
   */
  static final Duration PATIENCE = Duration.ofMillis(100);

  /** 10 ms. How often at most it is looked whether patience is over. */
  private static final Duration TICK = Duration.ofMillis(10);

  /**
   * 32 MiB of payloads that are not settled, with which the tail is not read on. Of 1,024 batches
   * of a few KiB it is never reached; of the largest they would be 8 GiB, at each start again.
   */
  static final long BYTES_MAX = 32L << 20;

  /*
   * The tail comes in order and its rows are let by in order, but they are settled in any order
   * between lanes. A row is let by when it is settled, or when it has waited for the patience and
   * fewer than `window` rows are unsettled. So at most `window` rows that were let by and `window`
   * that wait are in memory, and one sender holds up the others only if so many of its rows wait;
   * then what fails is set aside, and they wait no more. Rows that are large count as a full window
   * when they come to BYTES_MAX; and no further page is read then, as those that wait are in memory,
   * too.
   *
   * A row stays in `unsettled` until it is settled, however often the tail is read again: a copy
   * joins the attempts under way. If settling fails, nothing is accepted until the tail is read
   * again, and the row stays unsettled: what follows it in its lane cannot get ahead of it.
   */

  private final Lanes lanes;
  private final int window;
  private final NavigableMap<Position, Unsettled> unsettled = new TreeMap<>();
  private final Map<String, Unsettled> lastOfLane = new HashMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean ticking;
  private boolean failed;
  private volatile Runnable late = () -> {};

  /** A row whose turn begins when it is told so and the one before in its lane is settled. */
  private final class Unsettled {

    private final CompletableFuture<Done> begin = new CompletableFuture<>();
    private final CompletableFuture<Done> settled;

    Unsettled(TailItem item, String lane, CompletionStage<Done> before) {
      settled =
          begin
              .thenCompose(begun -> before)
              .thenCompose(done -> lanes.settle(item))
              .whenComplete((done, failure) -> ended(item, lane, this, failure));
    }

    boolean hasFailed() {
      return settled.isCompletedExceptionally();
    }
  }

  /** A row that the tail waits for. */
  private record Waiting(CompletableFuture<Done> letBy, long since) {}

  LowWatermark(Lanes lanes, int window) {
    this.lanes = lanes;
    this.window = window;
  }

  /** {@code told} hears of rows that are settled after they were let by. */
  void onLate(Runnable told) {
    late = told;
  }

  /** The tail is read again, from the stored offset: what failed may be tried again. */
  synchronized void restart() {
    failed = false;
    lastOfLane.values().removeIf(Unsettled::hasFailed);
  }

  /**
   * Completes when the tail may go on, for whatever reason of the two.
   *
   * <p><b>Failure.</b> It fails if settling this or an earlier item has failed.
   */
  CompletionStage<Done> accept(TailItem item) {
    Unsettled row;
    synchronized (this) {
      if (failed) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("an earlier row could not be settled"));
      }
      if (item.row().isEmpty()) {
        return CompletableFuture.completedFuture(Done.done());
      }
      row = unsettled(item);
    }
    row.begin.complete(Done.done());
    return letBy(row);
  }

  private Unsettled unsettled(TailItem item) {
    Unsettled known = unsettled.get(item.position());
    if (known != null && !known.hasFailed()) {
      return known;
    }
    String lane = lanes.lane(item);
    Unsettled before = lastOfLane.get(lane);
    Unsettled row =
        new Unsettled(
            item,
            lane,
            before == null ? CompletableFuture.completedFuture(Done.done()) : before.settled);
    unsettled.put(item.position(), row);
    lastOfLane.put(lane, row);
    bytes += item.bytes();
    lanes.press(isFull());
    return row;
  }

  private boolean isFull() {
    return unsettled.size() >= window || bytes >= BYTES_MAX;
  }

  /** Whether so much is in memory that the tail is not to be read on. */
  synchronized boolean isHeavy() {
    return bytes >= BYTES_MAX;
  }

  private synchronized void ended(
      TailItem item, String lane, Unsettled row, @Nullable Throwable failure) {
    bytes -= item.bytes(); // also of one that failed: it is read again
    if (failure != null) {
      failed = true;
      return;
    }
    unsettled.remove(item.position());
    lastOfLane.remove(lane, row);
    lanes.press(isFull());
  }

  private CompletionStage<Done> letBy(Unsettled row) {
    if (row.settled.isDone()) {
      return row.settled;
    }
    CompletableFuture<Done> letBy = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Waiting(letBy, System.nanoTime()));
      if (!ticking) {
        ticking = true;
        tickIn(PATIENCE);
      }
    }
    CompletionStage<Done> settled = row.settled;
    settled.whenComplete((done, failure) -> over(letBy, failure));
    return letBy;
  }

  private void over(CompletableFuture<Done> letBy, @Nullable Throwable failure) {
    if (failure != null) {
      letBy.completeExceptionally(failure);
    } else if (!letBy.complete(Done.done())) {
      late.run();
    }
    release();
  }

  private void tickIn(Duration wait) {
    CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS).execute(this::tick);
  }

  private void tick() {
    release();
    synchronized (this) {
      Waiting head = waiting.peek();
      ticking = head != null;
      if (head != null) {
        Duration left = PATIENCE.minusNanos(System.nanoTime() - head.since());
        tickIn(left.compareTo(TICK) > 0 ? left : TICK);
      }
    }
  }

  /** Lets by what has waited long enough. The tail goes on in order, so the first one counts. */
  private void release() {
    List<Waiting> released = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      for (Waiting head = waiting.peek(); head != null; head = waiting.peek()) {
        boolean expired = now - head.since() >= PATIENCE.toNanos() && !isFull();
        if (!expired && !head.letBy().isDone()) {
          break;
        }
        released.add(waiting.remove());
      }
    }
    released.forEach(row -> row.letBy().complete(Done.done()));
  }

  /** As far as everything up to {@code offset} is settled: at most {@code offset} itself. */
  synchronized Position settled(Position offset) {
    return Rules.OURS.offset(
        offset, unsettled.isEmpty() ? Optional.empty() : Optional.of(unsettled.firstKey()));
  }
}
