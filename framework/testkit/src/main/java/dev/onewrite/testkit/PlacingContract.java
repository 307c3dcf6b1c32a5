package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Placed.Step;
import dev.onewrite.spi.Placed.Wish;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Stable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link dev.onewrite.spi.SetAside} promises to the workers of the stream. */
abstract class PlacingContract extends TimersContract {

  static final Sequence SEQUENCE =
      new Sequence("audit", new Address("form", "1"), new Address("audit", "all"));

  static final Sequence OTHER_RECEIVER =
      new Sequence("audit", new Address("form", "1"), new Address("audit", "some"));

  static final Sequence OTHER_SENDER =
      new Sequence("audit", new Address("form", "2"), new Address("audit", "all"));

  static final Attempts.Note NOTE = new Attempts.Note(Instant.parse("2026-01-01T12:00:00Z"), "no");

  static final SetAsideRow.Discard DISCARD =
      new SetAsideRow.Discard("somebody", new Attempts.Note(NOTE.at(), "not wanted"));

  @Test
  void outgoing_ofASequenceWithoutRows_isSent() {
    Placed placed = store.setAside().place(out(SEQUENCE, 5), Wish.SEND);

    assertEquals(new Placed(Step.SEND, null, false), placed);
    assertEquals(List.of(), rows(SEQUENCE));
  }

  @Test
  void outgoing_thatIsToBeSetAside_getsItsRowOnce() {
    SetAsideRow refused = out(SEQUENCE, 5).after(Attempts.NONE.failed(NOTE).silent(NOTE));
    SetAsideRow silent = out(OTHER_RECEIVER, 5);

    Placed parked = store.setAside().place(refused, Wish.PARK);
    Placed again = store.setAside().place(refused, Wish.DEFER);
    Placed deferred = store.setAside().place(silent, Wish.DEFER);

    assertEquals(new Placed(Step.PARK, refused.in(State.PARKED), true), parked);
    assertEquals(new Placed(Step.SKIP, refused.in(State.PARKED), true), again);
    assertEquals(Step.DEFER, deferred.step());
    assertEquals(List.of(refused.in(State.PARKED)), rows(SEQUENCE));
    assertEquals(List.of(silent.in(State.DEFERRED)), rows(OTHER_RECEIVER));
  }

  @Test
  void outgoing_behindAParkedOne_isParked_andNobodyElses() {
    park(out(SEQUENCE, 5, 3));

    assertEquals(Step.PARK, place(out(SEQUENCE, 6)));
    assertEquals(Step.PARK, place(out(SEQUENCE, 5, 4)));
    assertEquals(Step.SEND, place(out(SEQUENCE, 5, 2)));
    assertEquals(Step.SEND, place(out(SEQUENCE, 4)));
    assertEquals(Step.SEND, place(out(OTHER_RECEIVER, 6)));
    assertEquals(Step.SEND, place(out(OTHER_SENDER, 6)));
    assertEquals(Step.SEND, place(out(ofGroup("billing"), 6)));
    assertTrue(placed(out(OTHER_RECEIVER, 6)).senderHasRows());
    assertFalse(placed(out(OTHER_SENDER, 6)).senderHasRows());
  }

  @Test
  void outgoing_behindADeferredOne_isDeferred_unlessOneIsParkedToo() {
    defer(out(SEQUENCE, 5));

    assertEquals(Step.DEFER, place(out(SEQUENCE, 7)));
    park(out(SEQUENCE, 6));
    assertEquals(Step.PARK, place(out(SEQUENCE, 8)));
    assertEquals(Step.SEND, place(out(SEQUENCE, 4)));
  }

  @Test
  void outgoing_behindOneThatIsOverWith_isSent() {
    SetAsideRow done = defer(out(SEQUENCE, 5));
    SetAsideRow discarded = park(out(SEQUENCE, 6));
    store.setAside().advance(done.in(State.DONE));
    store.setAside().discard(discarded.key(), DISCARD);

    assertEquals(Step.SEND, place(out(SEQUENCE, 7)));
    assertEquals(Step.SKIP, place(done));
    assertEquals(Step.SKIP, place(discarded));
  }

  /** A discarded row stays for good; it is not to cost each later message of its sender a look. */
  @Test
  void senderOfWhichNoneButDiscardedRowsAreLeft_saysUpToWhereToLook() {
    SetAsideRow first = park(out(SEQUENCE, 5));
    SetAsideRow last = park(out(OTHER_RECEIVER, 7));
    SetAsideRow open = park(out(SEQUENCE, 6));
    store.setAside().discard(first.key(), DISCARD);
    store.setAside().discard(last.key(), DISCARD);

    Placed withOpen = placed(out(OTHER_RECEIVER, 8));
    store.setAside().discard(open.key(), DISCARD);

    assertEquals(new Placed(Step.SEND, null, true, Position.START), withOpen);
    assertEquals(new Placed(Step.SEND, null, false, at(7)), placed(out(SEQUENCE, 9)));
    assertEquals(
        new Placed(Step.SKIP, last.discarded(DISCARD), false, at(7)),
        placed(out(OTHER_RECEIVER, 7)));
    assertEquals(new Placed(Step.SEND, null, false), placed(out(OTHER_SENDER, 9)));
    assertEquals(Set.of("form|1"), store.setAside().senders("audit", SliceRange.ALL, 9));
    assertTrue(store.setAside().place(out(SEQUENCE, 9), Wish.DEFER).senderHasRows());
  }

  @Test
  void outgoing_atOrBelowTheFloor_isNeitherSentNorGetsARow() {
    store.offsets().save("audit", SliceRange.ALL, at(7));

    for (Wish wish : Wish.values()) {
      assertEquals(Step.SKIP, store.setAside().place(out(SEQUENCE, 7), wish).step());
      assertEquals(Step.SKIP, store.setAside().place(out(SEQUENCE, 6), wish).step());
    }
    assertEquals(List.of(), rows(SEQUENCE));
    assertEquals(Step.SEND, place(out(SEQUENCE, 8)));
  }

  @Test
  void attempts_noted_areThereWhenTheOutgoingComesAgainAndBlockNobody() {
    SetAsideRow once = out(SEQUENCE, 5).after(Attempts.NONE.failed(NOTE));
    SetAsideRow twice = once.after(once.attempts().silent(new Attempts.Note(NOTE.at(), "again")));

    store.setAside().note(once);
    store.setAside().note(twice);

    assertEquals(new Placed(Step.SEND, twice, true), placed(out(SEQUENCE, 5)));
    assertEquals(Step.SEND, place(out(SEQUENCE, 6)));
    assertEquals(List.of(), rows(SEQUENCE));
    assertEquals(List.of(), store.setAside().find(twice.id()));
    assertEquals(List.of(), store.setAside().backlogs(Backlog.Filter.ANY, 10));
    store.setAside().place(out(SEQUENCE, 5), Wish.PARK);
    assertEquals(List.of(twice.in(State.PARKED)), rows(SEQUENCE));
  }

  @Test
  void attempts_ofOneThatIsSetAside_areNotNotedInTheStream() {
    SetAsideRow parked = park(out(SEQUENCE, 5));

    store.setAside().note(parked.after(Attempts.NONE.failed(NOTE)));
    store.setAside().forget(parked.key());

    assertEquals(List.of(parked), rows(SEQUENCE));
  }

  @Test
  void attempts_forgotten_leaveNothing() {
    SetAsideRow failing = out(SEQUENCE, 5).after(Attempts.NONE.failed(NOTE));
    store.setAside().note(failing);

    store.setAside().forget(failing.key());

    assertEquals(new Placed(Step.SEND, null, false), placed(out(SEQUENCE, 5)));
  }

  @Test
  void senders_areThoseOfTheSlicesWithRowsOfAnyState() {
    store.setAside().note(out(SEQUENCE, 5));
    park(out(OTHER_SENDER, 5));
    park(out(ofGroup("billing"), 5));
    int slice = SliceRange.sliceOf("form|2");

    assertEquals(Set.of("form|1", "form|2"), store.setAside().senders("audit", SliceRange.ALL, 9));
    assertEquals(1, store.setAside().senders("audit", SliceRange.ALL, 1).size());
    assertEquals(
        Set.of("form|2"), store.setAside().senders("audit", new SliceRange(slice, slice), 9));
  }

  @Test
  void stable_isTheFloor_butBelowTheDeferredRowsOfThatReceiver() {
    store.offsets().save("audit", SliceRange.ALL, at(4));
    SetAsideRow first = defer(out(SEQUENCE, 5));
    defer(out(OTHER_SENDER, 6));
    park(out(OTHER_RECEIVER, 7));
    store.offsets().save("audit", SliceRange.ALL, at(9));

    Stable stable = store.setAside().stable("audit");

    assertEquals(at(9), stable.floor());
    assertEquals(at(4), stable.of(SEQUENCE.receiver()));
    assertEquals(at(9), stable.of(OTHER_RECEIVER.receiver()));
    store.setAside().advance(first.in(State.DONE));
    assertEquals(at(5), store.setAside().stable("audit").of(SEQUENCE.receiver()));
    assertEquals(Position.START, store.setAside().stable("billing").of(SEQUENCE.receiver()));
  }

  List<SetAsideRow> rows(Sequence sequence) {
    return store.setAside().rows(sequence, 1_000);
  }

  SetAsideRow park(SetAsideRow row) {
    assertEquals(Step.PARK, store.setAside().place(row, Wish.PARK).step());
    return row.in(State.PARKED);
  }

  SetAsideRow defer(SetAsideRow row) {
    assertEquals(Step.DEFER, store.setAside().place(row, Wish.DEFER).step());
    return row.in(State.DEFERRED);
  }

  Placed placed(SetAsideRow row) {
    return store.setAside().place(row, Wish.SEND);
  }

  /** What would become of it, if it were the only one to come. */
  Step place(SetAsideRow row) {
    return placed(row).step();
  }

  static SetAsideRow out(Sequence sequence, long ordering) {
    return out(sequence, ordering, 0);
  }

  static SetAsideRow out(Sequence sequence, long ordering, int index) {
    UUID id = new UUID(ordering, sequence.hashCode() * 1_000L + index);
    return new SetAsideRow(
        sequence,
        id,
        ordering,
        at(ordering),
        index,
        at(ordering),
        State.FAILING,
        Attempts.NONE,
        null);
  }

  static Sequence ofGroup(String group) {
    return new Sequence(group, new Address("form", "1"), new Address(group, "all"));
  }

  static Position at(long ordering) {
    return Position.of(0, ordering);
  }
}
