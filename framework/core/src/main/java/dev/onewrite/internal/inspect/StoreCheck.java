package dev.onewrite.internal.inspect;

import dev.onewrite.component.Address;
import dev.onewrite.component.BrokenException;
import dev.onewrite.inspect.Finding;
import dev.onewrite.inspect.Verification;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.engine.PlainFold;
import dev.onewrite.internal.engine.Routes;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole check of a store, live or not. */
public final class StoreCheck {

  /*
   * The store is read twice: history by history, which needs one history's state at a time, and in
   * commit order, which needs what is in flight. Offsets come first of all: see Reached.
   */

  private static final int PAGE = 200;

  private final Store store;
  private final List<Routes> routes;
  private final BatchCodec codec = BatchCodec.plain();
  private final Report report;
  private final Reached reached;

  private StoreCheck(Store store, List<Routes> routes) {
    this.store = store;
    this.routes = routes;
    this.report = new Report(store.description());
    this.reached = Reached.of(store);
  }

  /**
   * Checks everything that can be.
   *
   * @param routes of the components that are known; none if none is
   */
  public static Verification verify(Store store, List<Routes> routes) {
    StoreCheck check = new StoreCheck(store, routes);
    Position bound = store.tail().bound();
    check.reached.check(bound, check.report);
    check.histories();
    check.snapshots();
    check.timers();
    new SetAsideCheck(store, check.report).run();
    check.outgoings(bound);
    return check.report.verification();
  }

  private void outgoings(Position bound) {
    new OutgoingCheck(store, reached, routes, report).run(bound);
  }

  private void histories() {
    HistoryCheck history = null;
    Contents.Held last = null;
    List<Contents.Held> page;
    do {
      page = store.contents().rows(last, PAGE);
      for (Contents.Held held : page) {
        String entity = held.tailRow().row().persistenceId();
        if (history == null || !history.entity().equals(entity)) {
          finish(history);
          history =
              new HistoryCheck(entity, new SnapshotCheck(store, entity, report), codec, report);
        }
        history.row(held);
        last = held;
      }
    } while (!page.isEmpty());
    finish(history);
  }

  private void finish(@Nullable HistoryCheck history) {
    if (history == null) {
      return;
    }
    String entity = history.entity();
    history
        .timers()
        .forEach(
            (id, set) -> {
              report.count("pending timers");
              if (reached.passed(Group.TIMERS, entity, set.position())
                  && store.contents().timer(new PendingTimer.Key(entity, id)).isEmpty()
                  && isStillPending(entity, id)) {
                report.find(
                    Finding.Kind.TIMER_MISSING,
                    "timer " + id + " of " + entity,
                    "row " + set.row() + " set it, and the index does not have it: it never fires");
              }
            });
    history
        .activities()
        .forEach(
            (id, started) -> {
              String group = Group.activities(Address.ofPersistenceId(entity).component());
              if (reached.passed(group, entity, started.position())
                  && !SetAsideCheck.isThere(store, started.outgoing(), row -> true)) {
                report.find(
                    Finding.Kind.ACTIVITY_LOST,
                    "activity " + id + " of " + entity,
                    "row "
                        + started.row()
                        + " started it, its group has passed it, and its result has not come");
              }
            });
  }

  /** It may have fired since its history was read, and then it was right to leave the index. */
  private boolean isStillPending(String entity, String timerId) {
    PlainFold fold = new PlainFold();
    try {
      store
          .journal()
          .replay(entity, 1, Long.MAX_VALUE, Long.MAX_VALUE, row -> fold.apply(codec.decode(row)));
    } catch (BrokenException e) {
      return false; // it is named elsewhere
    }
    return fold.isPending(timerId);
  }

  private void snapshots() {
    SnapshotRow.Key last = null;
    List<SnapshotRow.Key> page;
    do {
      page = store.contents().snapshots(last, PAGE);
      for (SnapshotRow.Key row : page) {
        long end = store.journal().highestSequenceNumber(row.persistenceId());
        if (row.sequenceNumber() > end) {
          report.find(
              Finding.Kind.SNAPSHOT_AHEAD,
              "snapshot " + row.sequenceNumber() + " of " + row.persistenceId(),
              "the history ends at row " + end);
        }
        last = row;
      }
    } while (page.size() == PAGE);
  }

  private void timers() {
    PendingTimer.Key last = null;
    List<PendingTimer> page;
    do {
      page = store.contents().timers(last, PAGE);
      for (PendingTimer timer : page) {
        report.count("timers in the index");
        long end = store.journal().highestSequenceNumber(timer.persistenceId());
        if (end == 0 || timer.row() > end) {
          report.find(
              Finding.Kind.TIMER_UNKNOWN,
              "timer " + timer.timerId() + " of " + timer.persistenceId(),
              "the index says that row " + timer.row() + " set it; the history ends at " + end);
        }
        last = timer.key();
      }
    } while (page.size() == PAGE);
  }
}
