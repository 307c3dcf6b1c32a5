package dev.onewrite.testkit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.Deferred;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link dev.onewrite.spi.SetAside} promises to retriers and operators. */
abstract class SetAsideContract extends PlacingContract {

  @Test
  void deferredSequences_comeInOrderAndPageByPage() {
    park(out(OTHER_RECEIVER, 5));
    List<Deferred> deferred = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      Sequence sequence =
          new Sequence("audit", new Address("form", "1" + i), new Address("audit", "all"));
      deferred.add(Deferred.of(sequence));
      defer(out(sequence, 5));
      defer(out(sequence, 6));
    }

    List<Deferred> first = store.setAside().deferred("audit", SliceRange.ALL, null, 2);
    List<Deferred> rest = store.setAside().deferred("audit", SliceRange.ALL, first.get(1), 10);
    int slice = SliceRange.sliceOf("form|13");

    assertEquals(deferred.subList(0, 2), first);
    assertEquals(deferred.subList(2, 5), rest);
    assertTrue(
        store.setAside().deferred("audit", new SliceRange(slice, slice), null, 10).stream()
            .allMatch(one -> SliceRange.sliceOf(one.sender()) == slice));
    assertEquals(List.of(), store.setAside().deferred("billing", SliceRange.ALL, null, 10));
  }

  @Test
  void contents_haveEachRowOfAnyState_pageByPage() {
    Set<SetAsideRow> put = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      put.add(park(out(SEQUENCE, 5 + i)));
      put.add(defer(out(OTHER_RECEIVER, 5 + i)));
    }
    SetAsideRow done = defer(out(OTHER_RECEIVER, 9));
    store.setAside().advance(done.in(State.DONE));
    put.add(done.in(State.DONE));

    List<SetAsideRow> listed = new ArrayList<>();
    List<Contents.Aside> page = store.contents().setAside(null, 2);
    while (!page.isEmpty()) {
      for (Contents.Aside aside : page) {
        SetAsideRow row = requireNonNull(aside.row());
        String sender = row.sequence().sender().persistenceId();
        assertEquals(SliceRange.sliceOf(sender), aside.slice());
        listed.add(row);
      }
      page = store.contents().setAside(page.get(page.size() - 1), 2);
    }

    assertEquals(put, Set.copyOf(listed));
    assertEquals(put.size(), listed.size(), "each once");
  }

  @Test
  void next_isTheFirstDeferredRow_whileNoneIsParkedBelowIt() {
    SetAsideRow second = defer(out(SEQUENCE, 5, 1));
    SetAsideRow first = defer(out(SEQUENCE, 5, 0));
    SetAsideRow third = park(out(SEQUENCE, 6));

    assertEquals(Optional.of(first), store.setAside().next(SEQUENCE));
    assertTrue(store.setAside().advance(first.in(State.DONE)));
    assertEquals(Optional.of(second), store.setAside().next(SEQUENCE));
    assertTrue(store.setAside().advance(second.in(State.DONE)));
    assertEquals(Optional.empty(), store.setAside().next(SEQUENCE));
    assertEquals(List.of(first.in(State.DONE), second.in(State.DONE), third), rows(SEQUENCE));
  }

  @Test
  void next_withTheFirstRowParked_parksWhatIsDeferredBehind() {
    SetAsideRow first = defer(out(SEQUENCE, 5));
    SetAsideRow second = defer(out(SEQUENCE, 6));
    SetAsideRow ofOther = defer(out(OTHER_RECEIVER, 7));
    store.setAside().advance(first.in(State.PARKED).after(Attempts.NONE.failed(NOTE)));

    Optional<SetAsideRow> next = store.setAside().next(SEQUENCE);

    assertEquals(Optional.empty(), next);
    assertEquals(
        List.of(first.in(State.PARKED).after(Attempts.NONE.failed(NOTE)), second.in(State.PARKED)),
        rows(SEQUENCE));
    assertEquals(List.of(ofOther), rows(OTHER_RECEIVER));
  }

  @Test
  void advance_ofARowThatIsNoMoreAsItWas_changesNothing() {
    SetAsideRow row = defer(out(SEQUENCE, 5));
    assertTrue(store.setAside().advance(row.after(Attempts.NONE.silent(NOTE))));
    assertTrue(store.setAside().advance(row.in(State.PARKED)));

    assertFalse(store.setAside().advance(row.in(State.DONE)), "it is parked");
    store.setAside().redrive(SEQUENCE);
    assertFalse(store.setAside().advance(row.in(State.DONE)), "its hold is another");
    assertFalse(store.setAside().advance(out(SEQUENCE, 6).in(State.DONE)), "there is none");
    assertEquals(State.DEFERRED, rows(SEQUENCE).get(0).state());
  }

  @Test
  void redrive_defersParkedRowsWithHoldsAboveTheFloor_inTheirOrder() {
    SetAsideRow below = park(out(SEQUENCE, 5).after(Attempts.NONE.failed(NOTE).silent(NOTE)));
    SetAsideRow above = park(out(SEQUENCE, 9));
    SetAsideRow other = park(out(OTHER_RECEIVER, 5));
    store.offsets().save("audit", SliceRange.ALL, at(7));

    int redriven = store.setAside().redrive(SEQUENCE);

    assertEquals(2, redriven);
    assertEquals(
        List.of(
            below
                .in(State.DEFERRED)
                .heldAt(new Position(0, 7, 1))
                .after(new Attempts(2, 0, NOTE, NOTE)),
            above.in(State.DEFERRED).heldAt(new Position(0, 9, 1))),
        rows(SEQUENCE));
    assertEquals(List.of(other), rows(OTHER_RECEIVER));
    assertEquals(at(7), store.setAside().stable("audit").of(SEQUENCE.receiver()));
    assertEquals(0, store.setAside().redrive(SEQUENCE));
  }

  @Test
  void redrive_ofMoreRowsThanATransactionTakes_isOfAll_andSoIsParkingBehindThem() {
    for (int i = 1; i <= 1_050; i++) {
      park(out(SEQUENCE, i));
    }

    assertEquals(1_050, store.setAside().redrive(SEQUENCE));
    List<SetAsideRow> redriven = store.setAside().rows(SEQUENCE, 2_000);
    store.setAside().advance(redriven.get(0).in(State.PARKED));
    Optional<SetAsideRow> next = store.setAside().next(SEQUENCE);

    assertEquals(1_050, redriven.size());
    for (int i = 1; i <= 1_050; i++) {
      assertEquals(State.DEFERRED, redriven.get(i - 1).state());
      assertEquals(new Position(0, i, 1), redriven.get(i - 1).hold());
    }
    assertEquals(Optional.empty(), next);
    assertEquals(
        redriven.stream().map(row -> row.in(State.PARKED)).toList(),
        store.setAside().rows(SEQUENCE, 2_000));
  }

  @Test
  void redrive_ofWhatWasRefusedAgain_hasAHigherHoldStill() {
    SetAsideRow row = park(out(SEQUENCE, 5));
    store.setAside().redrive(SEQUENCE);
    SetAsideRow once = rows(SEQUENCE).get(0);
    store.setAside().advance(once.in(State.PARKED));

    store.setAside().redrive(SEQUENCE);

    assertEquals(new Position(0, 5, 1), once.hold());
    assertEquals(new Position(0, 5, 2), rows(SEQUENCE).get(0).hold());
    assertEquals(row.origin(), rows(SEQUENCE).get(0).origin());
  }

  @Test
  void discard_isForParkedRowsOnlyAndKeepsWhoAndWhy() {
    SetAsideRow parked = park(out(SEQUENCE, 5));
    SetAsideRow deferred = defer(out(OTHER_RECEIVER, 5));

    assertEquals(Optional.of(State.PARKED), store.setAside().discard(parked.key(), DISCARD));
    assertEquals(Optional.of(State.DISCARDED), store.setAside().discard(parked.key(), DISCARD));
    assertEquals(Optional.of(State.DEFERRED), store.setAside().discard(deferred.key(), DISCARD));
    assertEquals(Optional.empty(), store.setAside().discard(out(SEQUENCE, 6).key(), DISCARD));

    assertEquals(List.of(parked.discarded(DISCARD)), rows(SEQUENCE));
    assertEquals(List.of(deferred), rows(OTHER_RECEIVER));
    assertEquals(0, store.setAside().redrive(SEQUENCE), "it is not parked");
  }

  @Test
  void clean_removesWhatIsOverAtOrBelowTheFloor_andNothingThatWaitsOrWasDiscarded() {
    SetAsideRow done = defer(out(SEQUENCE, 5));
    SetAsideRow discarded = park(out(SEQUENCE, 6));
    SetAsideRow parked = park(out(SEQUENCE, 7));
    SetAsideRow above = defer(out(OTHER_SENDER, 9));
    store.setAside().note(out(OTHER_RECEIVER, 6));
    store.setAside().advance(done.in(State.DONE));
    store.setAside().discard(discarded.key(), DISCARD);
    store.setAside().advance(above.in(State.DONE));

    int none = store.setAside().clean("audit");
    store.offsets().save("audit", SliceRange.ALL, at(8));
    int removed = store.setAside().clean("audit");

    assertEquals(0, none);
    assertEquals(2, removed);
    assertEquals(List.of(discarded.discarded(DISCARD), parked), rows(SEQUENCE));
    assertEquals(List.of(above.in(State.DONE)), rows(OTHER_SENDER));
    assertNull(placed(out(OTHER_RECEIVER, 9)).own());
  }

  @Test
  void backlogs_sayWhatWaitsBehindWhat() {
    SetAsideRow first = park(out(SEQUENCE, 5));
    park(out(SEQUENCE, 6));
    park(out(SEQUENCE, 7));
    SetAsideRow deferred = defer(out(OTHER_SENDER, 6));
    SetAsideRow ofOther = park(out(ofGroup("billing"), 6));
    SetAsideRow gone = park(out(OTHER_RECEIVER, 6));
    store.setAside().discard(gone.key(), DISCARD);

    assertEquals(
        List.of(
            new Backlog(SEQUENCE, first, 3, 0),
            new Backlog(OTHER_SENDER, deferred, 0, 1),
            new Backlog(ofOther.sequence(), ofOther, 1, 0)),
        store.setAside().backlogs(Backlog.Filter.ANY, 10));
    assertEquals(
        List.of(new Backlog(SEQUENCE, first, 3, 0)),
        store.setAside().backlogs(Backlog.Filter.ANY.ofGroup("audit"), 1));
    assertEquals(1, store.setAside().backlogs(Backlog.Filter.ANY.ofGroup("billing"), 10).size());
    assertEquals(2, store.setAside().rows(SEQUENCE, 2).size());
  }

  @Test
  void backlogs_behindAStateOrOfEntities_areFoundWhateverStandsBeforeThem() {
    SetAsideRow deferred = defer(out(SEQUENCE, 5));
    park(out(SEQUENCE, 6)); // behind it; it is the deferred one that it waits for
    SetAsideRow other = defer(out(OTHER_RECEIVER, 5));
    defer(out(OTHER_SENDER, 6));
    SetAsideRow parked = park(out(OTHER_SENDER, 5));
    Backlog behindDeferred = new Backlog(SEQUENCE, deferred, 1, 1);
    Backlog ofOther = new Backlog(OTHER_RECEIVER, other, 0, 1);
    Backlog behindParked = new Backlog(OTHER_SENDER, parked, 1, 1);
    Backlog.Filter any = Backlog.Filter.ANY;

    assertEquals(List.of(behindParked), store.setAside().backlogs(any.behind(State.PARKED), 1));
    assertEquals(
        List.of(behindDeferred, ofOther), store.setAside().backlogs(any.behind(State.DEFERRED), 9));
    assertEquals(
        List.of(behindDeferred, ofOther),
        store.setAside().backlogs(any.from(SEQUENCE.sender()), 9));
    assertEquals(
        List.of(behindDeferred, behindParked),
        store.setAside().backlogs(any.to(SEQUENCE.receiver()), 9));
    assertEquals(
        List.of(behindParked),
        store.setAside().backlogs(any.to(SEQUENCE.receiver()).behind(State.PARKED), 1));
    assertEquals(List.of(ofOther), store.setAside().backlogs(Backlog.Filter.of(OTHER_RECEIVER), 9));
    assertEquals(
        List.of(),
        store.setAside().backlogs(Backlog.Filter.of(OTHER_RECEIVER).behind(State.PARKED), 9));
    assertEquals(
        List.of(), store.setAside().backlogs(any.ofGroup("billing").from(SEQUENCE.sender()), 9));
  }

  @Test
  void find_givesTheRowsOfOneOutgoingAtAllItsReceivers() {
    SetAsideRow one = park(out(SEQUENCE, 5));
    SetAsideRow same =
        park(
            new SetAsideRow(
                OTHER_RECEIVER, one.id(), 5, at(5), 0, at(5), State.FAILING, Attempts.NONE, null));
    park(out(OTHER_SENDER, 5));

    assertEquals(List.of(one, same), store.setAside().find(one.id()));
  }

  @Test
  void rows_afterReopening_areAsTheyWere() {
    assumeTrue(store.survivesRestart(), "this store says that nothing survives");
    SetAsideRow parked = park(out(SEQUENCE, 5).after(Attempts.NONE.failed(NOTE)));
    SetAsideRow discarded = park(out(SEQUENCE, 6));
    store.setAside().discard(discarded.key(), DISCARD);
    SetAsideRow failing = out(OTHER_SENDER, 6).after(Attempts.NONE.silent(NOTE));
    store.setAside().note(failing);

    reopen();

    assertEquals(List.of(parked, discarded.discarded(DISCARD)), rows(SEQUENCE));
    assertEquals(failing, placed(out(OTHER_SENDER, 6)).own());
  }
}
