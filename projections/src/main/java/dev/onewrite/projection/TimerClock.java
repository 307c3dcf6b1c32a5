package dev.onewrite.projection;

import dev.onewrite.component.Address;
import dev.onewrite.component.Incident;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.PendingTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires the timers that are due: rows of the store, of which only the due ones are in memory. */
final class TimerClock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimerClock.class);

  /** 1,000 at once. More would wait at the store's writer all the same. */
  static final int FIRING_MAX = 1_000;

  /** 250. So many removed at once cost one commit; a look for each would be the whole work. */
  private static final int REMOVE_AT = FIRING_MAX / 4;

  /** 10 ms. What fewer have to wait for their removal; it delays no timer. */
  private static final Duration REMOVE_WITHIN = Duration.ofMillis(10);

  /*
   * One look at a time. A look removes the timers whose turns are committed, fires those that are
   * due and not under way, and says when to look next: when the next is due, at the latest after the
   * flush interval. If the process dies between a timer's turn and its removal, the next look fires
   * it again, and the entity says that it does not wait for it any more.
   */

  private final ForwarderSetup setup;
  private final SliceRange slices;
  private final Executor blocking;
  private final Set<PendingTimer.Key> firing = ConcurrentHashMap.newKeySet();
  private final Queue<PendingTimer.Key> settled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unremoved = new AtomicInteger();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicLong looks = new AtomicLong();
  private volatile boolean again;
  private volatile boolean closed;

  TimerClock(ForwarderSetup setup, SliceRange slices, Executor blocking) {
    this.setup = setup;
    this.slices = slices;
    this.blocking = blocking;
  }

  /** Looks now, or once more if it is just looking. */
  void wake() {
    again = true;
    if (!closed && looking.compareAndSet(false, true)) {
      blocking.execute(this::look);
    }
  }

  private void look() {
    Duration next = setup.settings().flushInterval();
    try {
      do {
        again = false;
        next = fireDue();
      } while (again && !closed);
    } catch (RuntimeException e) { // the store's: the next look may find it well
      LOG.warn("Timers could not be read and are looked at again: {}", e.getMessage());
    } finally {
      looking.set(false);
    }
    if (again) {
      wake();
    } else if (!closed) {
      long look = looks.incrementAndGet();
      CompletableFuture.delayedExecutor(next.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> wakeUnlessLookedSince(look));
    }
  }

  /** There is one look to come, however often this was woken in between. */
  private void wakeUnlessLookedSince(long look) {
    if (looks.get() == look) {
      wake();
    }
  }

  /** Fires what is due; how long to wait before the next look. */
  private Duration fireDue() {
    removeSettled();
    Duration longest = setup.settings().flushInterval();
    int free = FIRING_MAX - firing.size();
    if (free <= 0) {
      return longest;
    }
    Instant now = setup.clock().instant();
    for (PendingTimer timer : setup.store().timers().due(slices, now, firing.size() + FIRING_MAX)) {
      if (free > 0 && firing.add(timer.key())) {
        free--;
        fire(timer, 1);
      }
    }
    return setup
        .store()
        .timers()
        .next(slices)
        .map(due -> Duration.between(now, due))
        .filter(wait -> wait.compareTo(longest) < 0 && wait.toMillis() > 0)
        .orElse(longest);
  }

  private void removeSettled() {
    unremoved.set(0);
    List<PendingTimer.Key> gone = new ArrayList<>();
    for (PendingTimer.Key key = settled.poll(); key != null; key = settled.poll()) {
      gone.add(key);
    }
    if (!gone.isEmpty()) {
      try {
        setup.store().timers().change(List.of(), gone);
      } catch (RuntimeException e) { // the next look removes them
        settled.addAll(gone);
        throw e;
      }
      gone.forEach(firing::remove);
    }
  }

  private void fire(PendingTimer timer, int attempt) {
    fired(timer)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                settle(timer);
              } else {
                failed(timer, attempt, failure);
              }
            });
  }

  private void settle(PendingTimer timer) {
    settled.add(timer.key());
    int waiting = unremoved.incrementAndGet();
    if (waiting == REMOVE_AT) {
      wake();
    } else if (waiting == 1) {
      CompletableFuture.delayedExecutor(REMOVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::wake);
    }
  }

  private CompletionStage<Void> fired(PendingTimer timer) {
    try {
      return setup.alarms().fire(timer);
    } catch (RuntimeException e) { // refused at the call: as good as unanswered
      return CompletableFuture.failedFuture(e);
    }
  }

  private void failed(PendingTimer timer, int attempt, Throwable failure) {
    if (attempt >= setup.settings().redelivery().reportAfter()) {
      setup
          .incidents()
          .accept(
              new Incident.TimerFailed(
                  Address.ofPersistenceId(timer.persistenceId()),
                  timer.timerId(),
                  attempt,
                  String.valueOf(failure.getMessage())));
    }
    Duration delay = setup.settings().redelivery().delay(attempt);
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (!closed) {
                fire(timer, attempt + 1);
              }
            });
  }

  @Override
  public void close() {
    closed = true;
  }
}
