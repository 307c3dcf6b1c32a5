package dev.onewrite.protocol;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.protocol.Protocol.Flaw;
import dev.onewrite.protocol.Scenario.Message;
import dev.onewrite.protocol.Scenario.Range;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Sight;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.StoredOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The transactions of the store, each one step: what {@code SetAside} and {@code Offsets} do. */
final class Stored {

  private final Scenario scenario;
  private final Protocol protocol;
  private final Rules rules;
  private final Map<Asked, Position> known = new HashMap<>();

  private record Asked(List<StoredOffset> offsets, SliceRange slices) {}

  Stored(Scenario scenario, Protocol protocol) {
    this.scenario = scenario;
    this.protocol = protocol;
    this.rules = protocol.rules();
  }

  // --- offsets --------------------------------------------------------------------------------

  private static List<StoredOffset> offsets(World world) {
    List<StoredOffset> offsets = new ArrayList<>();
    for (Range range : Range.values()) {
      Position position = world.offsets[range.ordinal()];
      if (position != null) {
        offsets.add(new StoredOffset(range.slices, position));
      }
    }
    return offsets;
  }

  Position start(World world, Range range) {
    return over(
        offsets(world),
        range.slices,
        protocol.has(Flaw.MISSING_RANGE_IGNORED_AT_START),
        protocol.has(Flaw.STARTS_AT_GREATEST));
  }

  private Position computedFloor(World world) {
    return over(
        offsets(world),
        SliceRange.ALL,
        protocol.has(Flaw.MISSING_RANGE_IGNORED_IN_FLOOR),
        protocol.has(Flaw.FLOOR_IS_GREATEST));
  }

  private Position over(
      List<StoredOffset> offsets, SliceRange slices, boolean ignoreMissing, boolean greatest) {
    if (!ignoreMissing && !greatest) {
      return known.computeIfAbsent(
          new Asked(offsets, slices), asked -> SliceOffsets.start(asked.offsets(), asked.slices()));
    }
    Position result = null;
    for (Range half : List.of(Range.LOW, Range.HIGH)) {
      boolean asked = slices.contains(half.slices.from());
      boolean covered = offsets.stream().anyMatch(o -> o.slices().contains(half.slices.from()));
      if (asked && (covered || !ignoreMissing)) {
        Position reached = SliceOffsets.start(offsets, half.slices);
        if (result == null) {
          result = reached;
        } else {
          result = greatest ? Position.greatest(result, reached) : Position.least(result, reached);
        }
      }
    }
    return result == null ? Position.START : result;
  }

  void save(World world, Range range, Position position) {
    Position before = world.offsets[range.ordinal()];
    boolean lower = before != null && before.isAfter(position);
    if (!lower || protocol.has(Flaw.OFFSETS_FALL)) {
      world.offsets[range.ordinal()] = position;
    }
    world.floor = rules.published(world.floor, computedFloor(world));
  }

  /** Whether no worker that starts from here on would read it. By the rule itself, not its code. */
  boolean isPassed(World world, Message message) {
    for (Range range : Range.values()) {
      Position offset = world.offsets[range.ordinal()];
      if (offset != null && range.covers(message.sender()) && !message.origin().isAfter(offset)) {
        return true;
      }
    }
    return !message.origin().isAfter(world.floor);
  }

  // --- rows -----------------------------------------------------------------------------------

  List<SetAsideRow> rows(World world, int sender, int receiver) {
    List<SetAsideRow> rows = new ArrayList<>();
    for (Message message : scenario.messages()) {
      SetAsideRow row = world.rows[message.number()];
      if (row != null && message.sender() == sender && message.receiver() == receiver) {
        rows.add(row);
      }
    }
    return rows;
  }

  boolean hasRows(World world, int sender) {
    for (Message message : scenario.messages()) {
      if (message.sender() == sender && world.rows[message.number()] != null) {
        return true;
      }
    }
    return false;
  }

  /** But discarded ones. */
  boolean hasRowsLeft(World world, int sender) {
    for (Message message : scenario.messages()) {
      SetAsideRow row = world.rows[message.number()];
      if (message.sender() == sender && row != null && row.state() != State.DISCARDED) {
        return true;
      }
    }
    return false;
  }

  /** The messages of a sender up to the last one that was discarded, a bit each. */
  int toTheLastDiscarded(World world, int sender) {
    int passed = 0;
    int discarded = 0;
    for (Message message : scenario.messages()) {
      passed |= message.sender() == sender ? 1 << message.number() : 0;
      SetAsideRow row = world.rows[message.number()];
      if (message.sender() == sender && row != null && row.state() == State.DISCARDED) {
        discarded = passed;
      }
    }
    return discarded;
  }

  static SetAsideRow row(Message message, int failed) {
    return new SetAsideRow(
        message.sequence(),
        message.id(),
        message.number() + 1,
        message.origin(),
        0,
        message.origin(),
        State.FAILING,
        new Attempts(failed, failed, null, null),
        null);
  }

  Placed.Step place(World world, Message message, int failed, Placed.Wish wish, Position seen) {
    SetAsideRow outgoing = row(message, failed);
    Position floor = protocol.has(Flaw.FLOOR_BEFORE_TRANSACTION) ? seen : world.floor;
    List<SetAsideRow> sequence = rows(world, message.sender(), message.receiver());
    Sight sight = Sight.of(floor, sequence, outgoing);
    if (protocol.has(Flaw.HIGHER_BLOCKS)) {
      sight =
          new Sight(
              floor,
              sight.own(),
              sequence.stream().anyMatch(row -> row.state() == State.PARKED),
              sequence.stream().anyMatch(row -> row.state() == State.DEFERRED));
    }
    Placed.Step step = rules.place(sight, message.origin(), wish);
    if (step.inserts()) {
      State state = step == Placed.Step.PARK ? State.PARKED : State.DEFERRED;
      world.rows[message.number()] = outgoing.in(state);
    }
    return step;
  }

  /** The row to deliver now; what is deferred behind a parked one is parked. */
  Optional<SetAsideRow> next(World world, int sender, int receiver) {
    return next(world, sender, receiver, Integer.MAX_VALUE);
  }

  /** Parks at most {@code max} of what is deferred behind a parked one, the lowest first. */
  Optional<SetAsideRow> next(World world, int sender, int receiver, int max) {
    List<SetAsideRow> sequence = rows(world, sender, receiver);
    Optional<SetAsideRow> first = rules.firstOpen(sequence);
    Rules.Retry retry = rules.retry(first.map(SetAsideRow::state));
    if (retry == Rules.Retry.PARK_BEHIND) {
      sequence.stream()
          .filter(row -> row.state() == State.DEFERRED)
          .limit(max)
          .forEach(row -> put(world, row.in(State.PARKED)));
    }
    return retry == Rules.Retry.DELIVER ? first : Optional.empty();
  }

  static int number(SetAsideRow row) {
    return (int) row.id().getLeastSignificantBits();
  }

  static void put(World world, SetAsideRow row) {
    world.rows[number(row)] = row;
  }

  void advance(World world, SetAsideRow to) {
    SetAsideRow now = world.rows[number(to)];
    if (now != null && rules.stillMeant(now, to)) {
      put(world, to);
    }
  }

  void clean(World world) {
    for (int i = 0; i < world.rows.length; i++) {
      SetAsideRow row = world.rows[i];
      if (row != null && rules.isOver(row, world.floor)) {
        world.rows[i] = null;
      }
    }
  }

  void redrive(World world, List<SetAsideRow> sequence, Position floor) {
    for (SetAsideRow row : sequence) {
      if (row.state() == State.PARKED) {
        put(world, rules.redriven(row, floor));
      }
    }
  }

  // --- what is stable -------------------------------------------------------------------------

  /** The least hold of each receiver's deferred rows. */
  @Nullable Position[] holds(World world) {
    Position[] holds = new Position[scenario.receivers()];
    Position least = null;
    for (Message message : scenario.messages()) {
      SetAsideRow row = world.rows[message.number()];
      if (row != null && row.state() == State.DEFERRED) {
        int receiver = message.receiver();
        Position before = holds[receiver];
        holds[receiver] = before == null ? row.hold() : Position.least(before, row.hold());
        least = least == null ? row.hold() : Position.least(least, row.hold());
      }
    }
    if (protocol.has(Flaw.HELD_BY_ALL)) {
      java.util.Arrays.fill(holds, least);
    }
    return holds;
  }

  void promise(Worker worker, Position floor, @Nullable Position[] holds) {
    worker.floor = floor;
    for (int receiver = 0; receiver < holds.length; receiver++) {
      worker.promise[receiver] = rules.stable(floor, Optional.ofNullable(holds[receiver]));
    }
  }
}
