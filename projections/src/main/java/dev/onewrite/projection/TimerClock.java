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
import java.util.Map;
import java.util.Queue;
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

  /** 10,000. What is slow has no place any more, but is in memory, with a question under way. */
  private static final int UNDER_WAY_MAX = 10 * FIRING_MAX;

  /** 1 s. A timer that takes longer gives up its place: its entity is slow, or nobody answers. */
  private static final Duration PLACE_FOR = Duration.ofSeconds(1);

  /** 100,000 that fail are remembered. Of more, each attempt counts as the first, set for then. */
  private static final int FAILING_MAX = 100_000;

  /** 250. So many written at once cost one commit; a look for each would be the whole work. */
  private static final int WRITE_AT = FIRING_MAX / 4;

  /** 100 ms. What fewer have to wait for their removal, a commit; it delays no timer. */
  private static final Duration WRITE_WITHIN = Duration.ofMillis(100);

  /**
   * 1 s. While slices change hands, their former worker may still set a timer, and nobody here
   * hears of it.
   */
  private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

  /*
   * One look at a time. A look removes the timers whose turns are committed, fires those that are
   * due and not under way, and says when to look next: when the next is due, at the latest after the
   * flush interval. If the process dies between a timer's turn and its removal, the next look fires
   * it again, and the entity says that it does not wait for it any more.
   *
   * What is under way is still in the store, and a look would read it all over again to find what is
   * not. So while anything is under way, the last read is trusted: it says when the next is due, and
   * the index tells what has been set since.
   *
   * A timer that stays silent keeps its place for a moment only: an entity with a thousand timers and
   * a slow handler, or whose node is gone, holds up no other's.
   *
   * A timer that fails gives up its place, so that a thousand that fail hold up no other: its row is
   * put off by the backoff. It is fired with the time it was set for all the same, which decides
   * whether it is overdue. If it was cancelled meanwhile, the row put off is one too many: the
   * entity does not wait for it any more, and it is removed when it comes due.
   */

  /** How often a timer has failed so far, and the time it was set for. */
  private record Failing(int attempts, Instant due) {}

  private final ForwarderSetup setup;
  private final SliceRange slices;
  private final Executor blocking;
  private final Map<PendingTimer.Key, Instant> firing = new ConcurrentHashMap<>(); // since when
  private final Queue<PendingTimer.Key> settled = new ConcurrentLinkedQueue<>();
  private final Queue<PendingTimer> putOff = new ConcurrentLinkedQueue<>();
  private final Map<PendingTimer.Key, Failing> failing = new ConcurrentHashMap<>();
  private final AtomicInteger unwritten = new AtomicInteger();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicLong looks = new AtomicLong();
  private volatile boolean again;
  private volatile boolean stale = true;
  private volatile boolean closed;

  // Of the last read: all else belongs to whoever is looking.
  private Instant readAt = Instant.MIN;
  private Instant nextDue = Instant.MAX;
  private boolean full;

  TimerClock(ForwarderSetup setup, SliceRange slices, Executor blocking) {
    this.setup = setup;
    this.slices = slices;
    this.blocking = blocking;
  }

  /** Timers were set: reads now, or once more if it is just looking. */
  void wake() {
    stale = true;
    lookAgain();
  }

  private void lookAgain() {
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
      stale = true;
      LOG.warn("Timers could not be read and are looked at again: {}", e.getMessage());
    } finally {
      looking.set(false);
    }
    if (again) {
      lookAgain();
    } else if (!closed) {
      long look = looks.incrementAndGet();
      CompletableFuture.delayedExecutor(next.toMillis(), TimeUnit.MILLISECONDS, blocking)
          .execute(() -> wakeUnlessLookedSince(look));
    }
  }

  /** There is one look to come, however often this was woken in between. */
  private void wakeUnlessLookedSince(long look) {
    if (looks.get() == look) {
      lookAgain();
    }
  }

  /** Fires what is due; how long to wait before the next look. */
  private Duration fireDue() {
    writeSettled();
    Duration longest = setup.settings().flushInterval();
    Instant now = setup.clock().instant();
    int free = free(now);
    if (free <= 0) {
      return longest;
    }
    if (mayFind(now)) {
      read(now, free);
    }
    Duration wait = Duration.between(now, nextDue).plusNanos(999_999); // rounded up: never before
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  private int free(Instant now) {
    int underWay = firing.size();
    if (underWay < FIRING_MAX) {
      return FIRING_MAX - underWay;
    }
    Instant slow = now.minus(PLACE_FOR);
    long quick = firing.values().stream().filter(since -> since.isAfter(slow)).count();
    return Math.min(FIRING_MAX - (int) quick, UNDER_WAY_MAX - underWay);
  }

  /** Whether a read may find a timer that is due and not under way. */
  private boolean mayFind(Instant now) {
    return stale
        || full
        || firing.isEmpty()
        || !now.isBefore(nextDue)
        || !now.isBefore(readAt.plus(TRUSTED_FOR));
  }

  private void read(Instant now, int places) {
    stale = false;
    int free = places;
    // Enough to find one for each free place behind all that are under way.
    for (PendingTimer timer : setup.store().timers().due(slices, now, firing.size() + free)) {
      if (free > 0 && firing.putIfAbsent(timer.key(), now) == null) {
        free--;
        fire(timer);
      }
    }
    full = free == 0;
    nextDue = setup.store().timers().next(slices, now).orElse(Instant.MAX);
    readAt = now;
  }

  /** Removes what has fired and puts off what has failed, in one commit. */
  private void writeSettled() {
    unwritten.set(0);
    List<PendingTimer.Key> gone = taken(settled);
    List<PendingTimer> later = taken(putOff);
    if (gone.isEmpty() && later.isEmpty()) {
      return;
    }
    try {
      setup.store().timers().change(later, gone);
    } catch (RuntimeException e) { // the next look writes them
      settled.addAll(gone);
      putOff.addAll(later);
      throw e;
    }
    if (!later.isEmpty()) {
      stale = true;
    }
    gone.forEach(firing::remove);
    later.forEach(timer -> firing.remove(timer.key()));
  }

  private static <T> List<T> taken(Queue<T> queue) {
    List<T> taken = new ArrayList<>();
    for (T next = queue.poll(); next != null; next = queue.poll()) {
      taken.add(next);
    }
    return taken;
  }

  private void fire(PendingTimer timer) {
    Failing before = failing.get(timer.key());
    PendingTimer first = before == null ? timer : timer.at(before.due());
    fired(first)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                failing.remove(timer.key());
                settled.add(timer.key());
                writeSoon();
              } else {
                failed(first, before == null ? 1 : before.attempts() + 1, failure);
              }
            });
  }

  private void writeSoon() {
    int waiting = unwritten.incrementAndGet();
    if (waiting == WRITE_AT) {
      lookAgain();
    } else if (waiting == 1) {
      CompletableFuture.delayedExecutor(WRITE_WITHIN.toMillis(), TimeUnit.MILLISECONDS, blocking)
          .execute(this::lookAgain);
    }
  }

  private CompletionStage<Void> fired(PendingTimer timer) {
    try {
      return setup.alarms().fire(timer);
    } catch (RuntimeException e) { // refused at the call: as good as unanswered
      return CompletableFuture.failedFuture(e);
    }
  }

  private void failed(PendingTimer timer, int attempts, Throwable failure) {
    if (attempts > 1 || failing.size() < FAILING_MAX) {
      failing.put(timer.key(), new Failing(attempts, timer.due()));
    }
    Duration delay = setup.settings().redelivery().delay(attempts);
    putOff.add(timer.at(setup.clock().instant().plus(delay)));
    writeSoon();
    if (attempts >= setup.settings().redelivery().reportAfter()) {
      setup
          .incidents()
          .accept(
              new Incident.TimerFailed(
                  Address.ofPersistenceId(timer.persistenceId()),
                  timer.timerId(),
                  attempts,
                  String.valueOf(failure.getMessage())));
    }
  }

  /** They were cancelled and will not come due again, however often they have failed. */
  void forget(List<PendingTimer.Key> cancelled) {
    cancelled.forEach(failing::remove);
  }

  @Override
  public void close() {
    closed = true;
  }
}
