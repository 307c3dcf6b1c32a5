package dev.onewrite.internal.inspect;

import dev.onewrite.component.BrokenException;
import dev.onewrite.inspect.Finding;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.TailRow;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Whether each message that is set aside stands in the journal where its row says. */
final class SetAsideCheck {

  /*
   * A row holds no message, only where it is: with a wrong place the retrier finds nothing, and what
   * is behind it waits for ever; with a wrong order it delivers in that. Rows that are over are
   * looked at too: until the floor has passed them they keep a late copy from being delivered.
   *
   * That rows of one sequence have this state or that says nothing: a slow worker may set aside what
   * another has long seen handled, and the receiver's answer mends it. What took effect in which
   * order is in the receiver's history, and is checked there.
   */

  private static final int PAGE = 200;

  private final Store store;
  private final Report report;

  SetAsideCheck(Store store, Report report) {
    this.store = store;
    this.report = report;
  }

  void run() {
    Contents.Aside last = null;
    List<Contents.Aside> page;
    do {
      page = store.contents().setAside(last, PAGE);
      for (Contents.Aside aside : page) {
        report.count("rows of messages set aside");
        check(aside);
        last = aside;
      }
    } while (page.size() == PAGE);
  }

  /**
   * Whether there is such a row of an outgoing. One that cannot be read may be it; {@link #run}
   * names that.
   */
  static boolean isThere(Store store, UUID outgoing, Predicate<SetAsideRow> such) {
    try {
      return store.setAside().find(outgoing).stream().anyMatch(such);
    } catch (BrokenException e) {
      return true;
    }
  }

  private void check(Contents.Aside aside) {
    SetAsideRow row = aside.row();
    if (row == null) {
      report.find(
          Finding.Kind.SET_ASIDE_WRONG,
          "outgoing " + aside.id() + " to " + aside.receiver() + " of group " + aside.group(),
          aside.flaw());
    } else {
      flaw(row).ifPresent(flaw -> find(Finding.Kind.SET_ASIDE_WRONG, row, flaw));
      int slice = SliceRange.sliceOf(row.sequence().sender().persistenceId());
      if (aside.slice() != slice) {
        find(
            Finding.Kind.SLICE_WRONG,
            row,
            "it is stored under slice " + aside.slice() + "; its sender's is " + slice);
      }
    }
  }

  private void find(Finding.Kind kind, SetAsideRow row, String flaw) {
    report.find(kind, "outgoing " + row.id() + " of " + row.sequence() + ", " + row.state(), flaw);
  }

  private Optional<String> flaw(SetAsideRow row) {
    if (row.origin().isAfter(row.hold())) {
      return Optional.of(
          "it is held at " + row.hold() + ", below its own position " + row.origin());
    }
    if (!row.sequence().receiver().component().equals(row.sequence().group())) {
      return Optional.of("group " + row.sequence().group() + " is not its receiver's");
    }
    Optional<TailRow> holder = Holder.of(store, row);
    return holder.isEmpty()
        ? Optional.of("its sender has no row " + row.row() + " at " + row.origin())
        : flaw(row, holder.get());
  }

  private static Optional<String> flaw(SetAsideRow row, TailRow holder) {
    List<Outgoing> outgoings;
    try {
      outgoings = BatchCodec.envelope(holder.row()).outgoings();
    } catch (BrokenException e) {
      return Optional.empty(); // the check of its history names it
    }
    if (row.index() < 0
        || row.index() >= outgoings.size()
        || !outgoings.get(row.index()).id().equals(row.id())) {
      return Optional.of("outgoing " + row.index() + " of row " + row.row() + " is another");
    }
    return outgoings
        .get(row.index())
        .match(
            sent ->
                sent.to().equals(row.sequence().receiver())
                    ? Optional.empty()
                    : Optional.of("it was sent to " + sent.to()),
            emitted -> Optional.empty(), // who subscribes only the application knows
            invoked -> Optional.of("it is a call to the outside, which is never set aside"));
  }
}
