package dev.onewrite.projection;

import dev.onewrite.component.Incident;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.OutboxSettings;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.Stable;
import dev.onewrite.spi.TailRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;

/**
 * Delivers the outgoings of rows to one group, or sets them aside. Whoever calls keeps the rows of
 * one sender in order and one at a time; this keeps the outgoings of one row so.
 *
 * <pre>
 *   message ──▶ rows of its sender? ──no──▶ deliver ──▶ handled, settled ──▶ next message
 *                │ perhaps: look            ▲    │
 *                ▼                          │    ├──▶ failed, silent: again after a while
 *               a row, or blocked ──▶ next  └────┤
 *               neither ─────────────────────────┘──▶ refused, silent for too long: a row ──▶ next
 * </pre>
 */
final class SenderLanes implements Lanes {

  /*
   * What is decided is in Rules; what is kept here is the order in which things happen. The next
   * outgoing of a sender goes out only after the one before was handled, settled, or has a durable
   * row. No answer means perhaps handled, so it is delivered again with the same id and position
   * until an answer for exactly these two comes, or a row takes over.
   *
   * What if the process dies? Before the row is inserted, the offset is still below the message:
   * it comes again, with the attempts that were noted. After it, the row says that it is dealt with.
   */

  /** 1 s. After a restart, a message that has been silent for long gets this much more. */
  private static final Duration SILENCE_MIN = Duration.ofSeconds(1);

  /**
   * 100 ms. Looking at what is over costs more the more there is, so it is done for many at once.
   */
  private static final Duration TIDY_AFTER = Duration.ofMillis(100);

  /** 10 s. A look at so many senders as cannot be known is dear, and only saves later ones. */
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final ForwarderSetup setup;
  private final Group group;
  private final SliceRange slices;
  private final SetAside rows;
  private final OutboxSettings.Redelivery redelivery;
  private final Later later;
  private final RowWork work;
  private final KnownRows known = new KnownRows();
  private final Retrier retrier;
  private final AtomicBoolean tidying = new AtomicBoolean();
  private volatile long lookedAt;
  private volatile Stable stable = Stable.NOTHING;

  /**
   * As it was just before rows were looked at. A later floor may have passed a row that this worker
   * does not know: skipped for that floor, the message would not say so, and the next be sent.
   */
  private volatile Position floor = Position.START;

  private volatile boolean full;

  SenderLanes(ForwarderSetup setup, Group group, SliceRange slices, Executor blocking) {
    this.setup = setup;
    this.group = group;
    this.slices = slices;
    this.rows = setup.store().setAside();
    this.redelivery = setup.settings().redelivery();
    this.later = new Later(blocking);
    this.work = new RowWork(setup, group.name(), later);
    this.retrier = new Retrier(setup, group, slices, later, new Sight());
  }

  /** What the retrier has in common with the stream. */
  final class Sight {

    Stable stable() {
      return stable;
    }

    /** There are rows of this sender. */
    void found(String sender) {
      known.add(sender);
    }

    /** Some rows are over: what is stable may have risen. */
    void over() {
      if (tidying.compareAndSet(false, true)) {
        later
            .after(TIDY_AFTER)
            .thenCompose(
                waited ->
                    later.once(
                        () -> {
                          tidying.set(false); // what is over from here on is tidied next time
                          tidy();
                          return Done.done();
                        }));
      }
    }
  }

  @Override
  public String group() {
    return group.name();
  }

  @Override
  public String lane(TailItem item) {
    return item.sender();
  }

  /**
   * The floor is read before rows are looked at, and counts from after that: lanes of a stream that
   * failed may still be at work, and would skip for it what they do not know of.
   */
  @Override
  public void begin() {
    Stable before = rows.stable(group.name());
    look();
    stable = before;
    floor = before.floor();
    retrier.start();
  }

  /** The floor, and what deferred rows leave of it, is carried by deliveries as what is stable. */
  @Override
  public void rise(Position published) {
    if (known.any()) {
      tidy();
    } else {
      stable = rows.stable(group.name());
    }
  }

  private void tidy() {
    rows.clean(group.name());
    stable = rows.stable(group.name());
    if (known.isAll() && System.nanoTime() - lookedAt > LOOK_AGAIN_NANOS) {
      look();
    }
  }

  private void look() {
    lookedAt = System.nanoTime();
    known.look(rows, group.name(), slices);
  }

  @Override
  public void press(boolean nowFull) {
    full = nowFull;
  }

  @Override
  public void stop() {
    later.stop();
  }

  @Override
  public CompletionStage<Done> settle(TailItem item) {
    if (item.row().isEmpty() || Rules.OURS.isSettled(floor, item.position())) {
      return CompletableFuture.completedFuture(Done.done());
    }
    TailRow row = item.row().get();
    return work.of(row, this::deliveries).thenCompose(deliveries -> pass(row, deliveries, 0));
  }

  private CompletionStage<List<Delivery>> deliveries(TailRow row) {
    return CompletableFuture.completedFuture(group.deliveries(row));
  }

  private CompletionStage<Done> pass(TailRow row, List<Delivery> deliveries, int next) {
    if (next == deliveries.size()) {
      return CompletableFuture.completedFuture(Done.done());
    }
    Delivery delivery = deliveries.get(next);
    SetAsideRow message = SetAsideRow.of(group.name(), delivery, row.row().sequenceNumber());
    return pass(message, delivery).thenCompose(done -> pass(row, deliveries, next + 1));
  }

  private CompletionStage<Done> pass(SetAsideRow message, Delivery delivery) {
    if (!known.mayHave(sender(message), message.origin())) {
      return attempt(message, delivery);
    }
    return place(message, Placed.Wish.SEND)
        .thenCompose(
            placed ->
                placed.step() != Placed.Step.SEND
                    ? CompletableFuture.completedFuture(Done.done())
                    : attempt(
                        placed.own() == null ? message : message.after(placed.own().attempts()),
                        delivery));
  }

  private CompletionStage<Done> attempt(SetAsideRow message, Delivery delivery) {
    Attempts before = message.attempts();
    Delivery marked =
        delivery.attempt(
            message.origin(),
            stable.of(delivery.receiver()),
            Rules.OURS.isLast(before, redelivery.attemptsMax()));
    return Attempted.at(group, marked, patience(before))
        .thenCompose(attempted -> attempted(message, delivery, attempted));
  }

  private CompletionStage<Done> attempted(
      SetAsideRow message, Delivery delivery, Attempted attempted) {
    if (Rules.OURS.contradicts(attempted.ended())) {
      known.add(sender(message));
    }
    Attempts attempts = attempted.after(message.attempts(), setup.clock().instant());
    SetAsideRow now = message.after(attempts);
    return switch (Rules.OURS.next(attempted.ended(), isPastBound(attempts))) {
      case GO_ON ->
          attempts.made() == 0
              ? CompletableFuture.completedFuture(Done.done())
              : untilDone(() -> rows.forget(message.key()));
      case AGAIN -> again(now, delivery, attempted.reason());
      case PARK -> place(now, Placed.Wish.PARK).thenApply(placed -> parked(placed, attempted));
      case DEFER -> place(now, Placed.Wish.DEFER).thenApply(placed -> Done.done());
    };
  }

  private CompletionStage<Done> again(SetAsideRow message, Delivery delivery, String reason) {
    Attempts attempts = message.attempts();
    if (attempts.made() >= redelivery.reportAfter()) {
      setup
          .incidents()
          .accept(
              new Incident.Redelivered(
                  delivery.cause().sender(), delivery.receiver(), attempts.made(), reason));
    }
    known.add(sender(message));
    return untilDone(() -> rows.note(message))
        .thenCompose(noted -> later.after(redelivery.delay(attempts.made())))
        .thenCompose(waited -> attempt(message, delivery));
  }

  private Done parked(Placed placed, Attempted attempted) {
    if (placed.step() == Placed.Step.PARK && placed.own() != null) {
      setup.incidents().accept(Retrier.parked(placed.own(), attempted.reason()));
    }
    return Done.done();
  }

  private CompletionStage<Placed> place(SetAsideRow message, Placed.Wish wish) {
    return later
        .untilDone(
            redelivery::delay,
            () -> {
              if (wish != Placed.Wish.SEND) {
                setup.faults().reached(FaultPoint.BEFORE_SET_ASIDE);
              }
              Placed placed = rows.place(message, wish);
              if (placed.step().inserts()) {
                setup.faults().reached(FaultPoint.AFTER_SET_ASIDE);
              }
              return placed;
            })
        .thenApply(
            placed -> {
              known.saw(sender(message), placed);
              if (placed.step() == Placed.Step.DEFER) {
                retrier.wake();
              }
              return placed;
            });
  }

  private CompletionStage<Done> untilDone(Runnable change) {
    return later.untilDone(
        redelivery::delay,
        () -> {
          change.run();
          return Done.done();
        });
  }

  /** A failing message is past its bound earlier where many wait for it. */
  private boolean isPastBound(Attempts attempts) {
    return full || silence(attempts).compareTo(redelivery.deferAfter()) >= 0;
  }

  /** How long the next attempt may go unanswered. */
  private Duration patience(Attempts attempts) {
    Duration left = redelivery.deferAfter().minus(silence(attempts));
    Duration least =
        redelivery.deferAfter().compareTo(SILENCE_MIN) < 0 ? redelivery.deferAfter() : SILENCE_MIN;
    return left.compareTo(least) < 0 ? least : left;
  }

  /** Since the first attempt that failed; none if the clock went back meanwhile. */
  private Duration silence(Attempts attempts) {
    Attempts.Note first = attempts.first();
    Duration since =
        first == null ? Duration.ZERO : Duration.between(first.at(), setup.clock().instant());
    return since.isNegative() ? Duration.ZERO : since;
  }

  private static String sender(SetAsideRow message) {
    return message.sequence().sender().persistenceId();
  }
}
