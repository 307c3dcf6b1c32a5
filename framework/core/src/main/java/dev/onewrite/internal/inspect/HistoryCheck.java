package dev.onewrite.internal.inspect;

import dev.onewrite.component.BrokenException;
import dev.onewrite.inspect.Finding;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.engine.PlainFold;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.JournalRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks one history, row by row; what it holds is of this history alone. */
final class HistoryCheck {

  private final String entity;
  private final Report report;
  private final BatchCodec codec;
  private final SnapshotCheck snapshots;
  private final PlainFold fold = new PlainFold();
  private final Set<String> formerWriters = new HashSet<>();
  private final Map<String, Order> orders = new HashMap<>();
  private final Map<String, Started> timers = new HashMap<>();
  private final Map<String, Invocation> activities = new HashMap<>();
  private @Nullable String writer;
  private long last;
  private Position lastPosition = Position.START;
  private boolean foldable = true;

  /** Where something that is still waited for began. */
  record Started(Position position, long row) {}

  /** The same of an activity. */
  record Invocation(Position position, long row, UUID outgoing) {}

  /** The place of the last effect of one sender. */
  private record Order(Position position, int index) {}

  HistoryCheck(String entity, SnapshotCheck snapshots, BatchCodec codec, Report report) {
    this.entity = entity;
    this.codec = codec;
    this.report = report;
    this.snapshots = snapshots;
    report.count("histories");
  }

  String entity() {
    return entity;
  }

  void row(Contents.Held held) {
    JournalRow row = held.tailRow().row();
    report.count("rows");
    checkNumber(row);
    checkWriter(row);
    checkPlace(held);
    Batch batch;
    try {
      batch = codec.decode(row);
    } catch (BrokenException e) {
      report.find(Finding.Kind.ROW_DAMAGED, where(row), e.getMessage());
      foldable = false;
      return;
    }
    checkEffect(batch, where(row));
    fold.apply(batch);
    remember(batch, held.tailRow().position(), row.sequenceNumber());
    if (foldable) {
      snapshots.check(fold);
    }
  }

  private void checkNumber(JournalRow row) {
    long number = row.sequenceNumber();
    if (number == last) {
      report.find(
          Finding.Kind.HISTORY_FORK, where(row), "the number " + number + " is there twice");
      foldable = false;
    } else if (number != last + 1) {
      String missing =
          last + 1 == number - 1 ? "number " + (last + 1) : (last + 1) + " to " + (number - 1);
      report.find(Finding.Kind.HISTORY_GAP, where(row), missing + " is missing before it");
      foldable = false;
    }
    last = number;
  }

  private void checkWriter(JournalRow row) {
    if (row.writer().equals(writer)) {
      return;
    }
    if (formerWriters.contains(row.writer())) {
      report.find(
          Finding.Kind.WRITERS_INTERLEAVED,
          where(row),
          "writer " + row.writer() + " wrote it after " + writer + " had taken over");
    }
    if (writer != null) {
      formerWriters.add(writer);
    }
    writer = row.writer();
  }

  private void checkPlace(Contents.Held held) {
    Position position = held.tailRow().position();
    if (!position.isAfter(lastPosition)) {
      report.find(
          Finding.Kind.ROWS_OUT_OF_ORDER,
          where(held.tailRow().row()),
          "it stands at " + position + " and the row before it at " + lastPosition);
    }
    lastPosition = position;
    int slice = SliceRange.sliceOf(entity);
    if (held.slice() != slice) {
      report.find(
          Finding.Kind.SLICE_WRONG,
          where(held.tailRow().row()),
          "it is stored under slice " + held.slice() + "; its history's is " + slice);
    }
  }

  private void checkEffect(Batch batch, String where) {
    if (!(batch.cause() instanceof Cause.Delivered delivered)) {
      return;
    }
    if (!fold.isNew(delivered)) {
      report.find(
          Finding.Kind.EFFECT_DOUBLED,
          where,
          "outgoing "
              + delivered.id()
              + " of "
              + delivered.sender()
              + " had been dealt with before, and took effect again");
      return;
    }
    if (batch.refusal() != null) {
      return;
    }
    report.count("effects");
    Order now = new Order(delivered.position(), delivered.index());
    Order before = orders.put(delivered.sender().persistenceId(), now);
    // A redriven one has a position above where it was emitted, perhaps above that of one emitted
    // later and not redriven, or not as often: of what comes behind it nothing is known.
    boolean behind =
        before != null
            && before.position().redrive() == 0
            && (before.position().isAfter(now.position())
                || (before.position().equals(now.position()) && before.index() >= now.index()));
    if (behind) {
      report.find(
          Finding.Kind.EFFECTS_OUT_OF_ORDER,
          where,
          "the effect of what "
              + delivered.sender()
              + " sent at "
              + now.position()
              + " comes after that of what it sent at "
              + before.position());
    }
  }

  private void remember(Batch batch, Position position, long row) {
    batch.timers().forEach(timer -> timers.put(timer.id(), new Started(position, row)));
    for (Outgoing outgoing : batch.outgoings()) {
      if (outgoing instanceof Outgoing.Invoked invoked) {
        activities.put(invoked.activityId(), new Invocation(position, row, invoked.id()));
      }
    }
    timers.keySet().removeIf(id -> !fold.isPending(id));
    activities.keySet().removeIf(id -> !fold.awaits(id));
  }

  private String where(JournalRow row) {
    return "row " + row.sequenceNumber() + " of " + entity;
  }

  /** What is pending at the history's end; nothing where the history could not be folded. */
  Map<String, Started> timers() {
    return foldable ? timers : Map.of();
  }

  Map<String, Invocation> activities() {
    return foldable ? activities : Map.of();
  }
}
