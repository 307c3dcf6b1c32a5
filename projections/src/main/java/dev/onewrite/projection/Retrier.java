package dev.onewrite.projection;

import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Incident;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Deferred;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.OutboxSettings;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.TailRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Delivers the deferred rows of one worker's slices in the background, each sequence in order. */
final class Retrier {

  /*
   * Before each attempt the row is read again, and what came of it is written only if the row is as
   * it was read: a redrive, or another worker's retrier, may have been there meanwhile. Two of them
   * at once are harmless: both deliver the same id with the same position.
   */

  /** 16 sequences at once: many receivers may be away, and the stream needs the threads too. */
  private static final int SEQUENCES_MAX = 16;

  /** 256 sequences are read at once, and at most 4 times so many before the next pause. */
  private static final int PAGE = 256;

  private static final int PAGES_MAX = 4;

  /** 10,000. What is forgotten to rest is only tried earlier. */
  private static final int RESTING_MAX = 10_000;

  /** 1,000. What is forgotten to have been reported is only reported again. */
  private static final int REPORTED_MAX = 1_000;

  /** 1 s. How soon a redrive takes effect, by whatever process it was done. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final ForwarderSetup setup;
  private final Group group;
  private final SliceRange slices;
  private final Later later;
  private final SenderLanes.Sight stream;
  private final SetAside rows;
  private final OutboxSettings.Redelivery redelivery;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Set<Sequence> busy = new HashSet<>();
  private final Map<Sequence, Rest> resting = new Oldest<>(RESTING_MAX);
  private final Map<Deferred, Boolean> reported = new Oldest<>(REPORTED_MAX);
  private @Nullable Deferred cursor;

  /** Until when a sequence is left alone, after how many attempts in a row. */
  private record Rest(int attempts, long untilNanos) {}

  /** Forgets the oldest where there would be too many. */
  private static final class Oldest<K, V> extends LinkedHashMap<K, V> {
    private final int max;

    Oldest(int max) {
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > max;
    }
  }

  /** A row with what is to be delivered; nothing where this release does not deliver it. */
  private record Chosen(SetAsideRow row, Optional<Delivery> delivery) {}

  Retrier(
      ForwarderSetup setup, Group group, SliceRange slices, Later later, SenderLanes.Sight stream) {
    this.setup = setup;
    this.group = group;
    this.slices = slices;
    this.later = later;
    this.stream = stream;
    this.rows = setup.store().setAside();
    this.redelivery = setup.settings().redelivery();
  }

  void start() {
    if (started.compareAndSet(false, true)) {
      tick();
    }
  }

  private void tick() {
    wake();
    later.after(LOOK_EVERY).thenRun(this::tick);
  }

  /** There may be something to do. */
  void wake() {
    if (looking.compareAndSet(false, true)) {
      later
          .once(this::look)
          .whenComplete(
              (found, failure) -> { // of the store's: the next look comes anyway
                looking.set(false);
                if (failure == null && !found.isEmpty()) {
                  found.forEach(this::run);
                  wake();
                }
              });
    }
  }

  /**
   * Sequences that are neither busy nor resting, as many as may be tried; they are busy then. Each
   * look goes on behind the last one that was chosen: from the beginning, the first ones would be
   * due again while the last ones have never been tried.
   */
  private List<Sequence> look() {
    for (int page = 0; page < PAGES_MAX && free() > 0; page++) {
      List<Deferred> deferred = rows.deferred(group.name(), slices, cursor(), PAGE);
      deferred.forEach(this::reportUnreadable);
      List<Sequence> chosen = choose(deferred);
      if (!chosen.isEmpty() || deferred.size() < PAGE) {
        return chosen; // at once: were another page read and that failed, they would stay busy
      }
    }
    return List.of();
  }

  private synchronized int free() {
    return SEQUENCES_MAX - busy.size();
  }

  private synchronized @Nullable Deferred cursor() {
    return cursor;
  }

  /** Once each: what cannot be read does not change by itself. */
  private void reportUnreadable(Deferred one) {
    if (one.sequence() != null) {
      return;
    }
    synchronized (this) {
      if (reported.put(one, true) != null) {
        return;
      }
    }
    setup
        .incidents()
        .accept(new Incident.Unreadable(group.name(), one.sender(), one.receiver(), one.flaw()));
  }

  private synchronized List<Sequence> choose(List<Deferred> deferred) {
    List<Sequence> chosen = new ArrayList<>();
    for (Deferred one : deferred) {
      if (busy.size() == SEQUENCES_MAX) {
        return chosen;
      }
      Sequence sequence = one.sequence();
      if (sequence != null && isDue(sequence) && busy.add(sequence)) {
        chosen.add(sequence);
      }
      cursor = one;
    }
    if (deferred.size() < PAGE) {
      cursor = null; // that was the end
    }
    return chosen;
  }

  private boolean isDue(Sequence sequence) {
    Rest rest = resting.get(sequence);
    return rest == null || rest.untilNanos() - System.nanoTime() <= 0;
  }

  /** Goes on with a sequence until nothing of it can be delivered now. */
  private void run(Sequence sequence) {
    stream.found(sequence.sender().persistenceId());
    step(sequence)
        .whenComplete(
            (goOn, failure) -> {
              if (failure != null) { // the store's, or the row's
                rest(sequence);
              } else if (goOn && !later.isStopped()) {
                run(sequence);
                return;
              }
              ended(sequence);
            });
  }

  private void ended(Sequence sequence) {
    synchronized (this) {
      busy.remove(sequence);
    }
    stream.over();
    wake();
  }

  /** One attempt; whether the sequence may be gone on with. */
  private CompletionStage<Boolean> step(Sequence sequence) {
    return later
        .once(() -> rows.next(sequence).map(this::readable))
        .thenCompose(
            chosen ->
                chosen.isEmpty()
                    ? CompletableFuture.completedFuture(false)
                    : attempt(chosen.get()));
  }

  /** What waits behind a row that cannot be read is not forgotten: somebody hears of it. */
  private Chosen readable(SetAsideRow row) {
    try {
      return chosen(row);
    } catch (BrokenException | RefusedException e) {
      setup
          .incidents()
          .accept(
              new Incident.Undeliverable(
                  row.sequence().sender(), row.row(), group.name(), e.getMessage()));
      throw e;
    }
  }

  private Chosen chosen(SetAsideRow row) {
    setup.faults().reached(FaultPoint.BEFORE_RETRY);
    List<JournalRow> found = new ArrayList<>();
    String sender = row.sequence().sender().persistenceId();
    setup.store().journal().replay(sender, row.row(), row.row(), 1, found::add);
    Optional<Delivery> delivery =
        found.stream()
            .flatMap(stored -> group.deliveries(new TailRow(row.origin(), stored)).stream())
            .filter(one -> one.cause().id().equals(row.id()))
            .filter(one -> one.receiver().equals(row.sequence().receiver()))
            .findFirst();
    return new Chosen(row, delivery);
  }

  private CompletionStage<Boolean> attempt(Chosen chosen) {
    SetAsideRow row = chosen.row();
    boolean last = Rules.OURS.isLast(row.attempts(), redelivery.attemptsMax());
    return chosen
        .delivery()
        .map(
            delivery ->
                Attempted.at(
                    group,
                    delivery.attempt(row.hold(), stream.stable().of(delivery.receiver()), last)))
        .orElseGet(
            () ->
                CompletableFuture.completedFuture(
                    new Attempted(
                        Rules.Ended.SILENT, "this release does not deliver it to that receiver")))
        .thenCompose(attempted -> later.once(() -> written(row, attempted)));
  }

  private boolean written(SetAsideRow row, Attempted attempted) {
    setup.faults().reached(FaultPoint.AFTER_RETRY);
    Attempts attempts = attempted.after(row.attempts(), setup.clock().instant());
    SetAsideRow to = row.in(Rules.OURS.after(attempted.ended())).after(attempts);
    if (!rows.advance(to)) {
      return true; // it changed meanwhile: read it again
    }
    if (to.state() == SetAsideRow.State.PARKED) {
      setup.incidents().accept(parked(to, attempted.reason()));
    } else if (to.state() == SetAsideRow.State.DEFERRED) {
      report(to, attempted.reason());
      rest(row.sequence());
      return false;
    }
    synchronized (this) {
      resting.remove(row.sequence());
    }
    return true;
  }

  private void report(SetAsideRow row, String reason) {
    int made = row.attempts().made();
    if (made >= redelivery.reportAfter()) {
      Sequence sequence = row.sequence();
      setup
          .incidents()
          .accept(new Incident.Redelivered(sequence.sender(), sequence.receiver(), made, reason));
    }
  }

  static Incident parked(SetAsideRow row, String reason) {
    Sequence sequence = row.sequence();
    return new Incident.Parked(
        sequence.sender(), sequence.receiver(), row.id(), row.attempts().made(), reason);
  }

  private synchronized void rest(Sequence sequence) {
    Rest before = resting.get(sequence);
    int attempts = before == null ? 1 : before.attempts() + 1;
    long until = System.nanoTime() + redelivery.delay(attempts).toNanos();
    resting.put(sequence, new Rest(attempts, until));
  }
}
