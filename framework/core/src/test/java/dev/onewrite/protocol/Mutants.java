package dev.onewrite.protocol;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Sight;
import java.util.Collection;
import java.util.Optional;

/** The rules, each with one decision that is wrong. */
final class Mutants {

  private Mutants() {}

  static final class RefusalNotDurable extends Rules {
    @Override
    public boolean isJournaled(boolean last) {
      return false;
    }
  }

  static final class OffsetFirst extends Rules {
    @Override
    public Position offset(Position reached, Optional<Position> leastUnsettled) {
      return reached;
    }
  }

  static final class NoRows extends Rules {
    @Override
    public Placed.Step place(Sight sight, Position origin, Placed.Wish wish) {
      return super.place(new Sight(sight.floor(), false, false, false), origin, wish);
    }
  }

  static final class NoOwnRow extends Rules {
    @Override
    public Placed.Step place(Sight sight, Position origin, Placed.Wish wish) {
      return super.place(
          new Sight(sight.floor(), false, sight.parkedBelow(), sight.deferredBelow()),
          origin,
          wish);
    }
  }

  static final class NoParkedBelow extends Rules {
    @Override
    public Placed.Step place(Sight sight, Position origin, Placed.Wish wish) {
      return super.place(
          new Sight(sight.floor(), sight.own(), false, sight.deferredBelow()), origin, wish);
    }
  }

  static final class NoDeferredBelow extends Rules {
    @Override
    public Placed.Step place(Sight sight, Position origin, Placed.Wish wish) {
      return super.place(
          new Sight(sight.floor(), sight.own(), sight.parkedBelow(), false), origin, wish);
    }
  }

  static final class NoFloor extends Rules {
    @Override
    public Placed.Step place(Sight sight, Position origin, Placed.Wish wish) {
      return super.place(
          new Sight(Position.START, sight.own(), sight.parkedBelow(), sight.deferredBelow()),
          origin,
          wish);
    }
  }

  static final class AlwaysCacheable extends Rules {
    @Override
    public boolean isCacheable(boolean senderHasRows) {
      return true;
    }
  }

  static final class NeverContradicts extends Rules {
    @Override
    public boolean contradicts(Ended ended) {
      return false;
    }
  }

  static final class FloorFalls extends Rules {
    @Override
    public Position published(Position before, Position computed) {
      return computed;
    }
  }

  static final class NoHold extends Rules {
    @Override
    public Position stable(Position floor, Optional<Position> leastHold) {
      return floor;
    }
  }

  static final class NeverDefers extends Rules {
    @Override
    public Next next(Ended ended, boolean pastBound) {
      return super.next(ended, false);
    }
  }

  static final class NeverParks extends Rules {
    @Override
    public Next next(Ended ended, boolean pastBound) {
      return ended == Ended.REFUSED ? Next.AGAIN : super.next(ended, pastBound);
    }
  }

  static final class SilenceParks extends Rules {
    @Override
    public Next next(Ended ended, boolean pastBound) {
      return ended == Ended.SILENT && pastBound ? Next.PARK : super.next(ended, pastBound);
    }
  }

  static final class LastOpen extends Rules {
    @Override
    public Optional<SetAsideRow> firstOpen(Collection<SetAsideRow> sequence) {
      return sequence.stream().filter(row -> row.state().blocks()).max(SetAsideRow.EMISSION);
    }
  }

  static final class AlwaysMeant extends Rules {
    @Override
    public boolean stillMeant(SetAsideRow now, SetAsideRow attempted) {
      return true;
    }
  }

  static final class NothingBehind extends Rules {
    @Override
    public Retry retry(Optional<State> firstOpen) {
      Retry retry = super.retry(firstOpen);
      return retry == Retry.PARK_BEHIND ? Retry.NOTHING : retry;
    }
  }

  static final class ParkedDoesNotBlock extends Rules {
    @Override
    public Optional<SetAsideRow> firstOpen(Collection<SetAsideRow> sequence) {
      return super.firstOpen(
          sequence.stream().filter(row -> row.state() == State.DEFERRED).toList());
    }
  }

  static final class RedrivenInPlace extends Rules {
    @Override
    public SetAsideRow redriven(SetAsideRow parked, Position floor) {
      return super.redriven(parked, floor).heldAt(parked.hold());
    }
  }

  static final class RedrivenAboveHold extends Rules {
    @Override
    public SetAsideRow redriven(SetAsideRow parked, Position floor) {
      return super.redriven(parked, parked.hold());
    }
  }

  static final class DiscardedGoes extends Rules {
    @Override
    public boolean isOver(SetAsideRow row, Position floor) {
      return !row.state().blocks() && isSettled(floor, row.origin());
    }
  }

  static final class OverAtOnce extends Rules {
    @Override
    public boolean isOver(SetAsideRow row, Position floor) {
      return !row.state().blocks();
    }
  }

  static final class AnyDiscardable extends Rules {
    @Override
    public boolean isDiscardable(State state) {
      return state.blocks();
    }
  }
}
