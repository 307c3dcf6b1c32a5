package dev.onewrite.protocol;

import static dev.onewrite.protocol.Successors.Invariant.S1;
import static dev.onewrite.protocol.Successors.Invariant.S2;
import static dev.onewrite.protocol.Successors.Invariant.S3;
import static dev.onewrite.protocol.Successors.Invariant.S4;
import static dev.onewrite.protocol.Successors.Invariant.S5;
import static dev.onewrite.protocol.Successors.Invariant.S6;

import dev.onewrite.protocol.Protocol.Flaw;
import dev.onewrite.protocol.Successors.Invariant;
import dev.onewrite.spi.Rules;
import java.util.EnumSet;
import java.util.Set;

/** The protocol with one rule left out, and what breaks then. */
enum Mutant {
  // The receiver.
  ID_NOT_WRITTEN_WITH_THE_EFFECT(1, Receiver.Flaw.ID_NOT_WRITTEN, S1),
  STABLE_NOT_WRITTEN_WITH_THE_EFFECT(1, Receiver.Flaw.STABLE_NOT_WRITTEN, S4),
  POSITION_NOT_WRITTEN_WITH_THE_EFFECT(1, Receiver.Flaw.POSITION_NOT_WRITTEN, S1),
  HANDLED_AT_ANOTHER_POSITION_IS_NEW(2, Receiver.Flaw.OTHER_POSITION_NEW, S1),
  NO_STABLE(2, Receiver.Flaw.STABLE_NOT_ASKED, S1),
  CARRIED_STABLE_NOT_ASKED(2, Receiver.Flaw.CARRIED_NOT_ASKED, S1, S3, S6),
  REFUSED_IS_NEW_AGAIN(2, Receiver.Flaw.REFUSED_IS_NEW, S6),
  REFUSED_FOR_EVER(2, Receiver.Flaw.REFUSED_FOR_EVER, S2),
  IDS_STAY(3, Receiver.Flaw.IDS_STAY, S4),
  STABLE_FORGOTTEN(3, Receiver.Flaw.STABLE_FORGOTTEN, S1),
  REFUSAL_NOT_DURABLE(4, new Mutants.RefusalNotDurable(), S6),
  POSITION_NOT_MATCHED(5, Flaw.POSITION_NOT_MATCHED, S6),

  // A worker.
  TWO_IN_FLIGHT(6, Flaw.TWO_IN_FLIGHT, S3),
  OFFSET_BEFORE_THE_ANSWER(7, new Mutants.OffsetFirst(), S2),
  ROWS_NOT_LOOKED_AT(8, new Mutants.NoRows(), S3),
  OWN_ROW_NOT_LOOKED_AT(8, new Mutants.NoOwnRow(), S1, S2, S3, S6),
  PARKED_BELOW_IGNORED(8, new Mutants.NoParkedBelow(), S3),
  DEFERRED_BELOW_IGNORED(8, new Mutants.NoDeferredBelow(), S3),
  HIGHER_BLOCKS(8, Flaw.HIGHER_BLOCKS, S1, S2, S3, S6),
  ROWS_BEFORE_OFFSET(9, Flaw.ROWS_BEFORE_OFFSET, S3),
  CACHED_WITH_ROWS(9, new Mutants.AlwaysCacheable(), S3),
  NO_SIGN_IS_HEEDED(9, new Mutants.NeverContradicts(), S1, S2, S3, S6),
  SKIPPED_WITHOUT_LOOKING(9, Flaw.SKIPPED_WITHOUT_LOOKING, S3),
  FLOOR_NOT_ASKED_IN_THE_TRANSACTION(10, new Mutants.NoFloor(), S1, S2, S3, S6),
  FLOOR_ASKED_BEFORE_THE_TRANSACTION(10, Flaw.FLOOR_BEFORE_TRANSACTION, S1, S2, S3, S6),
  IDLE_STAYS(11, Flaw.IDLE_STAYS, S4),
  BOUND_AFTER_QUERY(11, Flaw.BOUND_AFTER_QUERY, S2),
  STARTS_AT_THE_GREATEST(12, Flaw.STARTS_AT_GREATEST, S2),
  MISSING_RANGE_IGNORED_AT_START(12, Flaw.MISSING_RANGE_IGNORED_AT_START, S2),

  // Floor and stable.
  MISSING_RANGE_IGNORED_IN_THE_FLOOR(13, Flaw.MISSING_RANGE_IGNORED_IN_FLOOR, S2),
  FLOOR_IS_THE_GREATEST(13, Flaw.FLOOR_IS_GREATEST, S2),
  FLOOR_FALLS(13, new Mutants.FloorFalls(), EnumSet.of(Flaw.OFFSETS_FALL), S1),
  ROWS_BEFORE_FLOOR(14, Flaw.ROWS_BEFORE_FLOOR, S2),
  DEFERRED_DO_NOT_HOLD(15, new Mutants.NoHold(), S2),
  HELD_BY_ALL(15, Flaw.HELD_BY_ALL, S4),

  // Set aside.
  NEVER_DEFERRED(16, new Mutants.NeverDefers(), S5),
  NEVER_PARKED(16, new Mutants.NeverParks(), S5),
  SILENCE_PARKS(16, new Mutants.SilenceParks(), S6),
  RETRIED_IN_ANY_ORDER(17, new Mutants.LastOpen(), S3),
  NOT_READ_AGAIN(17, new Mutants.AlwaysMeant(), S6),
  DEFERRED_STAYS_BEHIND_PARKED(17, new Mutants.NothingBehind(), S5),
  DELIVERED_BEHIND_PARKED(17, new Mutants.ParkedDoesNotBlock(), S3),
  REDRIVEN_IN_PLACE(18, new Mutants.RedrivenInPlace(), S2),
  REDRIVEN_ABOVE_ITS_HOLD_ONLY(18, new Mutants.RedrivenAboveHold(), S2),
  REDRIVEN_ABOVE_AN_OLD_FLOOR(18, Flaw.REDRIVEN_ABOVE_OLD_FLOOR, S2),
  ROWS_GO_AT_ONCE(19, new Mutants.OverAtOnce(), S6),
  DEFERRED_IS_DISCARDED(19, new Mutants.AnyDiscardable(), S6);

  final int rule;
  final Protocol protocol;
  final Set<Invariant> broken;

  Mutant(int rule, Receiver.Flaw flaw, Invariant first, Invariant... others) {
    this(
        rule,
        new Protocol(Rules.OURS, new Receiver.Flawed(flaw), EnumSet.noneOf(Flaw.class)),
        first,
        others);
  }

  Mutant(int rule, Rules rules, Invariant first, Invariant... others) {
    this(rule, rules, EnumSet.noneOf(Flaw.class), first, others);
  }

  Mutant(int rule, Rules rules, Set<Flaw> flaws, Invariant first, Invariant... others) {
    this(rule, new Protocol(rules, Receiver.Real.EMPTY, flaws), first, others);
  }

  Mutant(int rule, Flaw flaw, Invariant first, Invariant... others) {
    this(rule, new Protocol(Rules.OURS, Receiver.Real.EMPTY, EnumSet.of(flaw)), first, others);
  }

  Mutant(int rule, Protocol protocol, Invariant first, Invariant... others) {
    this.rule = rule;
    this.protocol = protocol;
    this.broken = EnumSet.of(first, others);
  }
}
