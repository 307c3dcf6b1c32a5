package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.SetAsideRow.State;
import java.util.Collection;
import java.util.Optional;

/**
 * The rules of delivery, one method a decision. Left out or changed, each of them loses, doubles or
 * reorders a message in a run of a few steps; so nothing here is to be simplified by eye.
 *
 * <p>Rules that are elsewhere: what a receiver makes of a delivery is its inbox, which answer is
 * meant for whom is {@link Answer#answers}, where a worker starts and how high the floor is are
 * {@link SliceOffsets}. Rules that say what is read or written first (offset after the answer, the
 * tail's bound before the query, floor before rows) are kept by who reads and writes.
 *
 * <p>Not final, for the model checker alone: it breaks one method after the other.
 */
public class Rules {

  public static final Rules OURS = new Rules();

  protected Rules() {}

  /** How an attempt ended. Silent: no answer in time, or none at all; perhaps it was handled. */
  public enum Ended {
    HANDLED,
    SETTLED,
    FAILED,
    REFUSED,
    SILENT
  }

  /** What follows an attempt. */
  public enum Next {
    /** It is dealt with: the next one. */
    GO_ON,
    /** The same again, after a while. */
    AGAIN,
    PARK,
    DEFER
  }

  // --- the receiver ---------------------------------------------------------------------------

  /** Rule 4: whether a failure is written as a refusal before it is answered. */
  public boolean isJournaled(boolean last) {
    return last;
  }

  // --- a worker of the stream -----------------------------------------------------------------

  /** Rule 4: whether the next attempt is the one whose failure is final. */
  public boolean isLast(Attempts attempts, int attemptsMax) {
    return attempts.failed() + 1 >= attemptsMax;
  }

  /**
   * Rules 6 and 16: the next message only after this one is handled, settled or has a row. Only a
   * refusal parks.
   *
   * @param pastBound whether it has been silent for too long, or others wait for its failing
   */
  public Next next(Ended ended, boolean pastBound) {
    return switch (ended) {
      case HANDLED, SETTLED -> Next.GO_ON;
      case REFUSED -> Next.PARK;
      case FAILED, SILENT -> pastBound ? Next.DEFER : Next.AGAIN;
    };
  }

  /** Whether {@code row} is of the same sequence and was emitted before {@code outgoing}. */
  public boolean isBelow(SetAsideRow row, SetAsideRow outgoing) {
    return row.sequence().equals(outgoing.sequence())
        && SetAsideRow.EMISSION.compare(row, outgoing) < 0;
  }

  /** Rule 10: at or below the floor nothing is sent and no row is inserted. */
  public boolean isSettled(Position floor, Position origin) {
    return !origin.isAfter(floor);
  }

  /**
   * Rules 8, 10 and 16: what becomes of an outgoing, decided in the transaction that inserts.
   *
   * <p>Only what was emitted earlier blocks. A refusal parks whatever is below: it is durable at
   * the receiver, and a row says so.
   */
  public Placed.Step place(Sight sight, Position origin, Placed.Wish wish) {
    if (isSettled(sight.floor(), origin) || sight.own()) {
      return Placed.Step.SKIP;
    }
    if (wish == Placed.Wish.PARK || sight.parkedBelow()) {
      return Placed.Step.PARK;
    }
    if (wish == Placed.Wish.DEFER || sight.deferredBelow()) {
      return Placed.Step.DEFER;
    }
    return Placed.Step.SEND;
  }

  /**
   * Rule 9: whether a worker may send this sender's messages without looking at rows, but for those
   * up to the last that was discarded. The floor by which it skips messages is then the one read
   * just before those rows, none read later.
   *
   * @param senderHasRows other than discarded ones: these block nobody, and are of their own
   *     message
   */
  public boolean isCacheable(boolean senderHasRows) {
    return !senderHasRows;
  }

  /** Rule 9: whether an answer says that there are rows, or were, that the worker knows not of. */
  public boolean contradicts(Ended ended) {
    return ended == Ended.SETTLED || ended == Ended.REFUSED;
  }

  /** Rule 7: how far the offset may go: below the least row that has neither answer nor row. */
  public Position offset(Position reached, Optional<Position> leastUnsettled) {
    return leastUnsettled.filter(least -> !least.isAfter(reached)).map(this::below).orElse(reached);
  }

  // --- floor and stable -----------------------------------------------------------------------

  /** Rule 13: a published floor is never lowered. */
  public Position published(Position before, Position computed) {
    return Position.greatest(before, computed);
  }

  /**
   * Rules 14 and 15: what is stable for one receiver, from one look.
   *
   * @param leastHold of this receiver's deferred rows, of nobody else's
   */
  public Position stable(Position floor, Optional<Position> leastHold) {
    return leastHold.map(hold -> Position.least(floor, below(hold))).orElse(floor);
  }

  /**
   * The greatest position below {@code position} that is certain to leave out only redrives of the
   * row before. A redrive count of the greatest value would leave no position above it for one.
   */
  public Position below(Position position) {
    return position.redrive() > 0
        ? new Position(position.transaction(), position.ordering(), position.redrive() - 1)
        : Position.of(position.transaction(), position.ordering() - 1);
  }

  // --- what is set aside ----------------------------------------------------------------------

  /** What a sequence allows. */
  public enum Retry {
    /** Nothing of it is deferred. */
    NOTHING,
    /** Its first open row is deferred: deliver that one. */
    DELIVER,
    /** Its first open row is parked: what is deferred behind becomes parked. */
    PARK_BEHIND
  }

  /** Rule 17, by the first row of a sequence that is deferred or parked. */
  public Retry retry(Optional<State> firstOpen) {
    return firstOpen
        .map(state -> state == State.PARKED ? Retry.PARK_BEHIND : Retry.DELIVER)
        .orElse(Retry.NOTHING);
  }

  /** The first row of a sequence that others wait behind. */
  public Optional<SetAsideRow> firstOpen(Collection<SetAsideRow> sequence) {
    return sequence.stream().filter(row -> row.state().blocks()).min(SetAsideRow.EMISSION);
  }

  /** Rules 17 and 19: the state of a deferred row after an attempt of the retrier. */
  public State after(Ended ended) {
    return switch (ended) {
      case HANDLED, SETTLED -> State.DONE;
      case REFUSED -> State.PARKED;
      case FAILED, SILENT -> State.DEFERRED;
    };
  }

  /** Rule 17: an answer counts only while the row is as it was when the attempt began. */
  public boolean stillMeant(SetAsideRow now, SetAsideRow attempted) {
    return now.state() == State.DEFERRED && now.hold().equals(attempted.hold());
  }

  /** Rule 18: a parked row in its next life, in a transaction that locks the floor. */
  public SetAsideRow redriven(SetAsideRow parked, Position floor) {
    return parked
        .heldAt(above(Position.greatest(parked.hold(), floor)))
        .in(State.DEFERRED)
        .after(parked.attempts().anew());
  }

  /** One redrive higher. */
  public Position above(Position position) {
    return new Position(position.transaction(), position.ordering(), position.redrive() + 1);
  }

  /**
   * Rule 19: only what its receiver has refused for good, or was never sent, can be discarded; of
   * anything else a copy may be under way.
   */
  public boolean isDiscardable(State state) {
    return state == State.PARKED;
  }

  /**
   * Rule 19: whether a row may go. It stays until the floor has passed its message. A discarded one
   * stays for good: nothing else says that its message was not lost.
   */
  public boolean isOver(SetAsideRow row, Position floor) {
    return !row.state().blocks()
        && row.state() != State.DISCARDED
        && isSettled(floor, row.origin());
  }
}
