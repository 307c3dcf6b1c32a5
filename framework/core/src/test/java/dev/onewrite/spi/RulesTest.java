package dev.onewrite.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Placed.Step;
import dev.onewrite.spi.Placed.Wish;
import dev.onewrite.spi.Rules.Ended;
import dev.onewrite.spi.SetAsideRow.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each decision by itself; that they are enough together is for the model checker. */
final class RulesTest {

  private static final Rules RULES = Rules.OURS;
  private static final Sequence SEQUENCE =
      new Sequence("audit", new Address("form", "1"), new Address("audit", "all"));
  private static final Attempts.Note NOTE = new Attempts.Note(Instant.EPOCH, "no");

  @Test
  void rule4_onlyTheLastFailureIsJournaled_andItIsTheLastOfThoseAnswered() {
    Attempts twice = Attempts.NONE.failed(NOTE).failed(NOTE);

    assertTrue(RULES.isJournaled(true));
    assertFalse(RULES.isJournaled(false));
    assertTrue(RULES.isLast(Attempts.NONE, 1));
    assertFalse(RULES.isLast(Attempts.NONE.failed(NOTE), 3));
    assertTrue(RULES.isLast(twice, 3));
    assertTrue(RULES.isLast(twice.failed(NOTE), 3));
    assertFalse(RULES.isLast(Attempts.NONE.silent(NOTE).silent(NOTE).silent(NOTE), 3), "silence");
    assertFalse(RULES.isLast(twice.anew(), 3), "a redrive");
  }

  @Test
  void rule6And16_theNextGoesOutOnlyAfterAnAnswerOrARow_andSilenceNeverParks() {
    for (boolean pastBound : List.of(true, false)) {
      assertEquals(Rules.Next.GO_ON, RULES.next(Ended.HANDLED, pastBound));
      assertEquals(Rules.Next.GO_ON, RULES.next(Ended.SETTLED, pastBound));
      assertEquals(Rules.Next.PARK, RULES.next(Ended.REFUSED, pastBound));
    }
    for (Ended ended : List.of(Ended.FAILED, Ended.SILENT)) {
      assertEquals(Rules.Next.AGAIN, RULES.next(ended, false));
      assertEquals(Rules.Next.DEFER, RULES.next(ended, true));
    }
  }

  @Test
  void rule7_offset_staysBelowTheLeastUnsettled() {
    assertEquals(at(9), RULES.offset(at(9), Optional.empty()));
    assertEquals(at(9), RULES.offset(at(9), Optional.of(at(10))));
    assertEquals(at(8), RULES.offset(at(9), Optional.of(at(9))));
    assertEquals(at(3), RULES.offset(at(9), Optional.of(at(4))));
  }

  @Test
  void rule8_onlyWhatWasEmittedEarlierInTheSequenceBlocks() {
    SetAsideRow message = row(5, 2);

    assertTrue(RULES.isBelow(row(4, 9), message));
    assertTrue(RULES.isBelow(row(5, 1), message));
    assertTrue(RULES.isBelow(row(4, 0).heldAt(at(99)), message), "by place, not by hold");
    assertFalse(RULES.isBelow(row(5, 2), message));
    assertFalse(RULES.isBelow(row(5, 3), message));
    assertFalse(RULES.isBelow(row(6, 0), message));
  }

  @Test
  void rule8_sight_isOfRowsThatBlock() {
    SetAsideRow message = row(5, 0);

    assertEquals(new Sight(at(1), false, false, false), sight(message, row(4, 0)));
    assertEquals(new Sight(at(1), false, true, false), sight(message, row(4, 0).in(State.PARKED)));
    assertEquals(
        new Sight(at(1), false, false, true), sight(message, row(4, 0).in(State.DEFERRED)));
    assertEquals(new Sight(at(1), false, false, false), sight(message, row(4, 0).in(State.DONE)));
    assertEquals(new Sight(at(1), false, false, false), sight(message, row(6, 0).in(State.PARKED)));
    assertEquals(new Sight(at(1), false, false, false), sight(message, message));
    for (State state : List.of(State.DEFERRED, State.PARKED, State.DONE, State.DISCARDED)) {
      assertTrue(sight(message, message.in(state)).own());
    }
  }

  @Test
  void rules8And10And16_place_byAllThatCanBeSeen() {
    for (Wish wish : Wish.values()) {
      assertEquals(Step.SKIP, RULES.place(new Sight(at(5), false, true, true), at(5), wish));
      assertEquals(Step.SKIP, RULES.place(new Sight(at(4), true, true, true), at(5), wish));
      assertEquals(Step.PARK, RULES.place(new Sight(at(4), false, true, true), at(5), wish));
    }
    Sight deferred = new Sight(at(4), false, false, true);
    assertEquals(Step.DEFER, RULES.place(deferred, at(5), Wish.SEND));
    assertEquals(Step.DEFER, RULES.place(deferred, at(5), Wish.DEFER));
    assertEquals(Step.PARK, RULES.place(deferred, at(5), Wish.PARK));
    Sight nothing = new Sight(at(4), false, false, false);
    assertEquals(Step.SEND, RULES.place(nothing, at(5), Wish.SEND));
    assertEquals(Step.DEFER, RULES.place(nothing, at(5), Wish.DEFER));
    assertEquals(Step.PARK, RULES.place(nothing, at(5), Wish.PARK));
  }

  @Test
  void rule9_rowsAreCachedOnlyWhileThereAreNone_andSignsToTheContraryCount() {
    assertTrue(RULES.isCacheable(false));
    assertFalse(RULES.isCacheable(true));
    assertTrue(RULES.contradicts(Ended.SETTLED));
    assertTrue(RULES.contradicts(Ended.REFUSED));
    assertFalse(RULES.contradicts(Ended.HANDLED));
  }

  @Test
  void rule13_floor_isNeverLowered() {
    assertEquals(at(5), RULES.published(at(5), at(4)));
    assertEquals(at(6), RULES.published(at(5), at(6)));
  }

  @Test
  void rules14And15_stable_isBelowEachDeferredHoldAndNeverAboveTheFloor() {
    assertEquals(at(5), RULES.stable(at(5), Optional.empty()));
    assertEquals(at(5), RULES.stable(at(5), Optional.of(at(9))));
    assertEquals(at(3), RULES.stable(at(5), Optional.of(at(4))));
    assertEquals(at(5), RULES.stable(at(5), Optional.of(new Position(0, 5, 1))));
    assertEquals(new Position(0, 5, 1), RULES.stable(at(9), Optional.of(new Position(0, 5, 2))));
    assertTrue(RULES.above(RULES.below(at(5))).compareTo(at(5)) < 0, "room for redrives");
  }

  @Test
  void rule17_theFirstOpenRowSaysWhatHappens_andAnAnswerCountsForTheRowAsItWas() {
    SetAsideRow parked = row(4, 0).in(State.PARKED);
    SetAsideRow deferred = row(5, 0).in(State.DEFERRED);
    SetAsideRow done = row(3, 0).in(State.DONE);

    assertEquals(Optional.of(parked), RULES.firstOpen(List.of(deferred, done, parked)));
    assertEquals(Optional.empty(), RULES.firstOpen(List.of(done, row(2, 0))));
    assertEquals(Rules.Retry.NOTHING, RULES.retry(Optional.empty()));
    assertEquals(Rules.Retry.DELIVER, RULES.retry(Optional.of(State.DEFERRED)));
    assertEquals(Rules.Retry.PARK_BEHIND, RULES.retry(Optional.of(State.PARKED)));
    assertEquals(State.DONE, RULES.after(Ended.HANDLED));
    assertEquals(State.DONE, RULES.after(Ended.SETTLED));
    assertEquals(State.PARKED, RULES.after(Ended.REFUSED));
    assertEquals(State.DEFERRED, RULES.after(Ended.FAILED));
    assertEquals(State.DEFERRED, RULES.after(Ended.SILENT));
    assertTrue(RULES.stillMeant(deferred, deferred.in(State.DONE)));
    assertFalse(RULES.stillMeant(deferred.heldAt(at(6)), deferred));
    assertFalse(RULES.stillMeant(deferred.in(State.PARKED), deferred));
  }

  @Test
  void rule18_redriven_isHeldAboveItsHoldAndTheFloor() {
    SetAsideRow parked = row(5, 0).in(State.PARKED).after(Attempts.NONE.failed(NOTE));

    assertEquals(new Position(0, 9, 1), RULES.redriven(parked, at(9)).hold());
    assertEquals(new Position(0, 5, 1), RULES.redriven(parked, at(3)).hold());
    assertEquals(
        new Position(0, 5, 2), RULES.redriven(RULES.redriven(parked, at(3)), at(5)).hold());
    SetAsideRow redriven = RULES.redriven(parked, at(9));
    assertEquals(State.DEFERRED, redriven.state());
    assertEquals(at(5), redriven.origin());
    assertEquals(new Attempts(1, 0, NOTE, NOTE), redriven.attempts());
  }

  @Test
  void rule19_onlyParkedRowsAreDiscarded_andWhatIsOverStaysUntilTheFloorHasPassed() {
    for (State state : State.values()) {
      assertEquals(state == State.PARKED, RULES.isDiscardable(state));
      boolean goes = state == State.FAILING || state == State.DONE;
      assertEquals(goes, RULES.isOver(row(5, 0).in(state), at(5)));
      assertFalse(RULES.isOver(row(5, 0).in(state), at(4)));
    }
    assertTrue(RULES.isOver(row(5, 0).heldAt(at(9)).in(State.DONE), at(5)), "by its own place");
  }

  @Test
  void note_ofAnyText_isShortAndStorable() {
    String half = "x".repeat(Attempts.Note.TEXT_MAX - 1) + "\uD83D\uDE00";

    assertEquals("a b", new Attempts.Note(Instant.EPOCH, "a\0b").text());
    assertEquals(
        "x".repeat(Attempts.Note.TEXT_MAX - 1) + "?",
        new Attempts.Note(Instant.EPOCH, half).text());
  }

  private static Sight sight(SetAsideRow message, SetAsideRow other) {
    return Sight.of(at(1), List.of(other), message);
  }

  private static SetAsideRow row(long ordering, int index) {
    return new SetAsideRow(
        SEQUENCE,
        new UUID(ordering, index),
        1,
        at(ordering),
        index,
        at(ordering),
        State.FAILING,
        Attempts.NONE,
        null);
  }

  private static Position at(long ordering) {
    return Position.of(0, ordering);
  }
}
