package dev.onewrite.internal.engine;

import dev.onewrite.internal.engine.SimulatedDelivery.Message;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Deferred;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.Stable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker of the stream with its retrier, one message of each at a time. */
final class SimulatedWorker {

  private static final Attempts.Note NOTE = new Attempts.Note(Instant.EPOCH, "no");

  private final SimulatedDelivery world;
  private final SliceRange slices;
  private final SetAside rows;
  private final Map<String, Position> known = new HashMap<>();
  private final Position floor;
  private Position at;
  private Stable stable;
  private @Nullable Message current;
  private @Nullable SetAsideRow passing;
  private @Nullable SetAsideRow retrying;

  SimulatedWorker(SimulatedDelivery world, SliceRange slices) {
    this.world = world;
    this.slices = slices;
    this.rows = world.store.setAside();
    this.at = SliceOffsets.start(world.store.offsets().read(SimulatedDelivery.GROUP), slices);
    this.stable = rows.stable(SimulatedDelivery.GROUP);
    this.floor = stable.floor();
    rows.senders(SimulatedDelivery.GROUP, slices, 1_000).forEach(this::know);
  }

  int number() {
    return System.identityHashCode(this);
  }

  void step() {
    if (world.chance(300)) {
      retry();
    } else if (current == null) {
      next();
    } else if (world.chance(100)) {
      ended(Rules.Ended.SILENT);
    }
  }

  private void next() {
    Message message = read();
    if (message == null) {
      at = Position.greatest(at, Position.of(0, world.journal.size()));
      save();
      return;
    }
    if (Rules.OURS.isSettled(floor, message.position())) {
      at = message.position();
      return;
    }
    SetAsideRow row =
        new SetAsideRow(
            message.sequence(),
            message.id(),
            message.number(),
            message.position(),
            0,
            message.position(),
            SetAsideRow.State.FAILING,
            Attempts.NONE,
            null);
    if (!row.origin().isAfter(known.getOrDefault(sender(row), Position.START))) {
      Placed placed = place(row, Placed.Wish.SEND);
      if (placed.step() != Placed.Step.SEND) {
        at = message.position();
        return;
      }
      row = placed.own() == null ? row : row.after(placed.own().attempts());
    }
    current = message;
    passing = row;
    send(message, row);
  }

  private @Nullable Message read() {
    for (int i = (int) at.ordering(); i < world.journal.size(); i++) {
      Message message = world.journal.get(i);
      if (slices.contains(SliceRange.sliceOf(message.sequence().sender().persistenceId()))) {
        return message;
      }
    }
    return null;
  }

  private void save() {
    world.store.offsets().save(SimulatedDelivery.GROUP, slices, at);
    rows.clean(SimulatedDelivery.GROUP);
    stable = rows.stable(SimulatedDelivery.GROUP);
  }

  private void send(Message message, SetAsideRow row) {
    Position promise = stable.of(message.sequence().receiver());
    world.send(this, message, row.hold(), promise, row.attempts());
  }

  private Placed place(SetAsideRow row, Placed.Wish wish) {
    Placed placed = rows.place(row, wish);
    world.tell(this, row.sequence(), wish + " of " + row.row() + " gives " + placed.step());
    if (Rules.OURS.isCacheable(placed.senderHasRows())) {
      known.put(sender(row), placed.discardedTo());
    } else {
      know(sender(row));
    }
    return placed;
  }

  /** All of its messages are looked up. */
  private void know(String sender) {
    known.put(sender, Position.of(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  void answered(Message message, Position position, Answer.Kind kind) {
    Rules.Ended ended = Rules.Ended.valueOf(kind.name());
    SetAsideRow retried = retrying;
    if (message.equals(current) && position.equals(message.position())) {
      ended(ended);
    }
    if (retried != null && retried.id().equals(message.id()) && retried.hold().equals(position)) {
      retried(retried, ended);
    }
  }

  private void ended(Rules.Ended ended) {
    SetAsideRow row = passing;
    Message message = current;
    if (row == null || message == null) {
      return;
    }
    if (Rules.OURS.contradicts(ended)) {
      know(sender(row));
    }
    SetAsideRow now = row.after(after(row.attempts(), ended));
    switch (Rules.OURS.next(ended, world.chance(200))) {
      case GO_ON -> {
        if (row.attempts().made() > 0) {
          rows.forget(row.key());
        }
        done(message);
      }
      case AGAIN -> {
        know(sender(row));
        rows.note(now);
        passing = now;
        send(message, now);
      }
      case PARK -> {
        place(now, Placed.Wish.PARK);
        done(message);
      }
      case DEFER -> {
        place(now, Placed.Wish.DEFER);
        done(message);
      }
    }
  }

  private static Attempts after(Attempts before, Rules.Ended ended) {
    return switch (ended) {
      case HANDLED, SETTLED -> before;
      case FAILED, REFUSED -> before.failed(NOTE);
      case SILENT -> before.silent(NOTE);
    };
  }

  private void done(Message message) {
    at = message.position();
    current = null;
    passing = null;
    if (world.chance(100)) {
      save();
    }
  }

  private void retry() {
    SetAsideRow retried = retrying;
    if (retried != null) {
      if (world.chance(100)) {
        retried(retried, Rules.Ended.SILENT);
      }
      return;
    }
    List<Deferred> deferred = rows.deferred(SimulatedDelivery.GROUP, slices, null, 20);
    if (deferred.isEmpty()) {
      return;
    }
    Optional<SetAsideRow> next =
        rows.next(deferred.get(world.random.nextInt(deferred.size())).sequence());
    if (next.isPresent()) {
      retrying = next.get();
      send(world.journal.get((int) next.get().row() - 1), next.get());
    }
  }

  private void retried(SetAsideRow row, Rules.Ended ended) {
    retrying = null;
    world.tell(this, row.sequence(), "retried " + row.row() + ": " + ended);
    rows.advance(row.in(Rules.OURS.after(ended)).after(after(row.attempts(), ended)));
  }

  private static String sender(SetAsideRow row) {
    return row.sequence().sender().persistenceId();
  }
}
