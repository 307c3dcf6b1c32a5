package dev.onewrite.internal.inspect;

import dev.onewrite.component.Address;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.inspect.Finding;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.Envelope;
import dev.onewrite.internal.engine.Routes;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.TailRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows the journal in commit order: what was sent, and what took effect. */
final class OutgoingCheck {

  /*
   * What is sent stands in the journal before its effect does, so of the outgoings only those are
   * kept whose effect has not come yet: at the end these are in flight, set aside, or lost. Of the
   * others the last RECENT_MAX are kept to see that an effect has a cause; an effect that comes
   * later than that is looked up in the journal by its position.
   *
   * A node may run meanwhile. What its groups had passed when their offsets were read has left its
   * trace by now, if not in what this has followed then in the receiver's history, where it is
   * looked for before anything is called lost.
   */

  /** 100,000 outgoings, of 100 bytes or so each. */
  private static final int RECENT_MAX = 100_000;

  /** 200 rows a read: a row is seldom above a few KiB. */
  private static final int PAGE = 200;

  private final Store store;
  private final Reached reached;
  private final List<Routes> routes;
  private final Report report;
  private final Unheard unheard = new Unheard();
  private final Map<Target, Sent> open = new HashMap<>();
  private final Map<Place, UUID> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, UUID> eldest) {
          return size() > RECENT_MAX;
        }
      };

  /** One outgoing at one receiver. */
  private record Target(UUID id, Address receiver) {}

  /** {@code event}: the name of its type, if it was emitted. */
  record Sent(Address sender, Position position, int index, @Nullable String event) {}

  private record Place(Position position, int index) {}

  /** {@code routes}: of the components that are known; without them, events are not followed. */
  OutgoingCheck(Store store, Reached reached, List<Routes> routes, Report report) {
    this.store = store;
    this.reached = reached;
    this.routes = routes;
    this.report = report;
  }

  void run(Position bound) {
    Position after = Position.START;
    while (true) {
      List<TailRow> rows = store.tail().read(after, SliceRange.ALL, PAGE);
      for (TailRow row : rows) {
        if (row.position().isAfter(bound)) {
          checkOpen();
          return;
        }
        follow(row);
        after = row.position();
      }
      if (rows.isEmpty()) {
        checkOpen();
        return;
      }
    }
  }

  private void follow(TailRow row) {
    Envelope batch;
    try {
      batch = BatchCodec.envelope(row.row());
    } catch (BrokenException e) {
      return; // the check of its history names it
    }
    Address self;
    try {
      self = Address.ofPersistenceId(row.row().persistenceId());
    } catch (OnewriteException e) {
      report.find(Finding.Kind.ROW_DAMAGED, row.row().persistenceId(), e.getMessage());
      return;
    }
    if (batch.cause() instanceof Cause.Delivered delivered) {
      checkCause(self, delivered, row.row(), batch.refused());
    }
    for (int index = 0; index < batch.outgoings().size(); index++) {
      Outgoing outgoing = batch.outgoings().get(index);
      recent.put(new Place(row.position(), index), outgoing.id());
      if (outgoing instanceof Outgoing.Sent sent) {
        report.count("messages sent");
        open.put(new Target(sent.id(), sent.to()), new Sent(self, row.position(), index, null));
      } else if (outgoing instanceof Outgoing.Emitted) {
        report.count("events emitted");
        if (routes.isEmpty()) {
          report.unchecked(
              "whether events that were emitted have reached their subscribers: who subscribes only"
                  + " the application knows (Onewrite.builder().component(...).inspect())");
        }
      }
    }
    routes.forEach(group -> followEvents(group, row));
  }

  private void followEvents(Routes group, TailRow row) {
    List<Delivery> deliveries;
    try {
      deliveries = group.deliveries(row);
    } catch (OnewriteException e) {
      report.unchecked("who receives what of " + row.row().persistenceId() + ": " + e.getMessage());
      return;
    }
    for (Delivery delivery : deliveries) {
      Cause.Delivered cause = delivery.cause();
      open.put(
          new Target(cause.id(), delivery.receiver()),
          new Sent(cause.sender(), cause.position(), cause.index(), event(delivery.outgoing())));
    }
  }

  private static @Nullable String event(Outgoing outgoing) {
    return outgoing instanceof Outgoing.Emitted emitted ? emitted.payload().type() : null;
  }

  /** A message that was refused stays open: it has to be parked, or handled after a redrive. */
  private void checkCause(
      Address self, Cause.Delivered delivered, JournalRow row, boolean refused) {
    Target target = new Target(delivered.id(), self);
    Sent sent = refused ? open.get(target) : open.remove(target);
    if (sent != null) {
      heard(target, sent);
      return;
    }
    if (delivered.position().redrive() > 0) {
      report.unchecked("whether messages that were redriven are in the journal");
      return;
    }
    UUID known = recent.get(new Place(delivered.position(), delivered.index()));
    if (known == null ? !isInJournal(delivered) : !known.equals(delivered.id())) {
      report.find(
          Finding.Kind.EFFECT_WITHOUT_CAUSE,
          "row " + row.sequenceNumber() + " of " + row.persistenceId(),
          "it is the effect of outgoing "
              + delivered.id()
              + " of "
              + delivered.sender()
              + " at "
              + delivered.position()
              + ", and that is not there");
    }
  }

  private boolean isInJournal(Cause.Delivered delivered) {
    Position place = delivered.position();
    String sender = delivered.sender().persistenceId();
    int slice = SliceRange.sliceOf(sender);
    List<TailRow> found =
        store
            .tail()
            .read(
                Position.of(place.transaction(), place.ordering() - 1),
                new SliceRange(slice, slice),
                1);
    if (found.isEmpty()
        || !found.get(0).position().equals(place)
        || !found.get(0).row().persistenceId().equals(sender)) {
      return false;
    }
    try {
      List<Outgoing> outgoings = BatchCodec.envelope(found.get(0).row()).outgoings();
      return delivered.index() < outgoings.size()
          && outgoings.get(delivered.index()).id().equals(delivered.id());
    } catch (BrokenException e) {
      return true; // perhaps; the row itself is named elsewhere
    }
  }

  private void checkOpen() {
    Map<Target, Sent> untraced = new LinkedHashMap<>();
    open.forEach(
        (target, sent) -> {
          String group = target.receiver().component();
          if (!reached.passed(group, sent.sender().persistenceId(), sent.position())) {
            report.count("messages still to be delivered");
          } else if (isSetAside(group, target) || tookEffect(target)) {
            heard(target, sent);
          } else {
            untraced.put(target, sent);
          }
        });
    untraced.forEach(this::untraced);
    unheard.report(report);
  }

  private void heard(Target target, Sent sent) {
    if (sent.event() != null) {
      unheard.heard(target.receiver().component(), sent.event(), sent.position());
    }
  }

  private void untraced(Target target, Sent sent) {
    String group = target.receiver().component();
    String event = sent.event();
    if (event != null && unheard.mayPrecede(group, event, sent.position())) {
      unheard.add(group, event, sent, target.id());
      return;
    }
    report.find(
        Finding.Kind.OUTGOING_LOST,
        "outgoing " + target.id() + " of " + sent.sender(),
        "group "
            + group
            + " has passed its position "
            + sent.position()
            + ", and it is neither handled by "
            + target.receiver()
            + " nor set aside");
  }

  private boolean isSetAside(String group, Target target) {
    boolean found =
        SetAsideCheck.isThere(
            store,
            target.id(),
            row ->
                row.state() != SetAsideRow.State.FAILING
                    && row.sequence().group().equals(group)
                    && row.sequence().receiver().equals(target.receiver()));
    if (found) {
      report.count("messages set aside");
    }
    return found;
  }

  private boolean tookEffect(Target target) {
    boolean[] found = {false};
    store
        .journal()
        .replay(
            target.receiver().persistenceId(),
            1,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            row -> found[0] |= isEffect(row, target.id()));
    return found[0];
  }

  private static boolean isEffect(JournalRow row, UUID id) {
    try {
      Envelope batch = BatchCodec.envelope(row);
      return !batch.refused()
          && batch.cause() instanceof Cause.Delivered delivered
          && delivered.id().equals(id);
    } catch (BrokenException e) {
      return false;
    }
  }
}
