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
  ID_NOT_WRITTEN_WITH_THE_EFFECT(1, Scenarios.SET_ASIDE, Receiver.Flaw.ID_NOT_WRITTEN, S1),
  STABLE_NOT_WRITTEN_WITH_THE_EFFECT(1, Scenarios.SET_ASIDE, Receiver.Flaw.STABLE_NOT_WRITTEN, S4),
  POSITION_NOT_WRITTEN_WITH_THE_EFFECT(
      1, Scenarios.SET_ASIDE, Receiver.Flaw.POSITION_NOT_WRITTEN, S1),
  HANDLED_AT_ANOTHER_POSITION_IS_NEW(2, Scenarios.SET_ASIDE, Receiver.Flaw.OTHER_POSITION_NEW, S1),
  NO_STABLE(2, Scenarios.SET_ASIDE, Receiver.Flaw.STABLE_NOT_ASKED, S1),
  REFUSED_IS_NEW_AGAIN(2, Scenarios.SET_ASIDE, Receiver.Flaw.REFUSED_IS_NEW, S6),
  REFUSED_FOR_EVER(2, Scenarios.SET_ASIDE, Receiver.Flaw.REFUSED_FOR_EVER, S2),
  IDS_STAY(3, Scenarios.SET_ASIDE, Receiver.Flaw.IDS_STAY, S4),
  STABLE_FORGOTTEN(3, Scenarios.SET_ASIDE, Receiver.Flaw.STABLE_FORGOTTEN, S1),
  REFUSAL_NOT_DURABLE(4, Scenarios.SET_ASIDE, new Mutants.RefusalNotDurable(), S6),
  POSITION_NOT_MATCHED(5, Scenarios.SET_ASIDE, Flaw.POSITION_NOT_MATCHED, S6),

  // A worker.
  TWO_IN_FLIGHT(6, Scenarios.SET_ASIDE, Flaw.TWO_IN_FLIGHT, S3),
  OFFSET_BEFORE_THE_ANSWER(7, Scenarios.SET_ASIDE, new Mutants.OffsetFirst(), S2),
  ROWS_NOT_LOOKED_AT(8, Scenarios.SET_ASIDE, new Mutants.NoRows(), S3),
  OWN_ROW_NOT_LOOKED_AT(8, Scenarios.ONE_MESSAGE, new Mutants.NoOwnRow(), S1, S2, S3, S6),
  PARKED_BELOW_IGNORED(8, Scenarios.SET_ASIDE, new Mutants.NoParkedBelow(), S3),
  DEFERRED_BELOW_IGNORED(8, Scenarios.SET_ASIDE, new Mutants.NoDeferredBelow(), S3),
  HIGHER_BLOCKS(8, Scenarios.ZOMBIE_SET_ASIDE, Flaw.HIGHER_BLOCKS, S1, S2, S3, S6),
  ROWS_BEFORE_OFFSET(9, Scenarios.ZOMBIE, Flaw.ROWS_BEFORE_OFFSET, S3),
  CACHED_WITH_ROWS(9, Scenarios.SET_ASIDE, new Mutants.AlwaysCacheable(), S3),
  NO_SIGN_IS_HEEDED(9, Scenarios.ZOMBIE_REFUSAL, new Mutants.NeverContradicts(), S1, S2, S3, S6),
  SKIPPED_WITHOUT_LOOKING(9, Scenarios.ZOMBIE, Flaw.SKIPPED_WITHOUT_LOOKING, S3),
  FORGETS_AT_SKIP_AND_DISCARDED_GOES(
      19,
      Scenarios.ZOMBIE_REFUSAL,
      new Mutants.DiscardedGoes(),
      EnumSet.of(Flaw.FORGETS_AT_SKIP),
      S6),
  FLOOR_BEFORE_ROWS_AND_DISCARDED_GOES(
      19,
      Scenarios.ZOMBIE_REFUSAL,
      new Mutants.DiscardedGoes(),
      EnumSet.of(Flaw.FLOOR_BEFORE_ROWS_AT_START),
      S6),
  FLOOR_NOT_ASKED_IN_THE_TRANSACTION(
      10, Scenarios.ONE_MESSAGE, new Mutants.NoFloor(), S1, S2, S3, S6),
  FLOOR_ASKED_BEFORE_THE_TRANSACTION(
      10, Scenarios.ONE_MESSAGE, Flaw.FLOOR_BEFORE_TRANSACTION, S1, S2, S3, S6),
  IDLE_STAYS(11, Scenarios.RANGES, Flaw.IDLE_STAYS, S4),
  BOUND_AFTER_QUERY(11, Scenarios.SET_ASIDE, Flaw.BOUND_AFTER_QUERY, S2),
  STARTS_AT_THE_GREATEST(12, Scenarios.RANGES, Flaw.STARTS_AT_GREATEST, S2),
  MISSING_RANGE_IGNORED_AT_START(12, Scenarios.RANGES, Flaw.MISSING_RANGE_IGNORED_AT_START, S2),

  // Floor and stable.
  MISSING_RANGE_IGNORED_IN_THE_FLOOR(13, Scenarios.RANGES, Flaw.MISSING_RANGE_IGNORED_IN_FLOOR, S2),
  FLOOR_IS_THE_GREATEST(13, Scenarios.RANGES, Flaw.FLOOR_IS_GREATEST, S2),
  FLOOR_FALLS(
      13,
      Scenarios.ZOMBIE_REFUSAL,
      new Mutants.FloorFalls(),
      EnumSet.of(Flaw.OFFSETS_FALL),
      S1,
      S2,
      S6),
  ROWS_BEFORE_FLOOR(14, Scenarios.SET_ASIDE, Flaw.ROWS_BEFORE_FLOOR, S2),
  DEFERRED_DO_NOT_HOLD(15, Scenarios.SET_ASIDE, new Mutants.NoHold(), S2),
  HELD_BY_ALL(15, Scenarios.TWO_RECEIVERS, Flaw.HELD_BY_ALL, S4),

  // Set aside.
  NEVER_DEFERRED(16, Scenarios.TWO_RECEIVERS, new Mutants.NeverDefers(), S5),
  NEVER_PARKED(16, Scenarios.TWO_RECEIVERS, new Mutants.NeverParks(), S5),
  SILENCE_PARKS(16, Scenarios.SET_ASIDE, new Mutants.SilenceParks(), S6),
  RETRIED_IN_ANY_ORDER(17, Scenarios.SET_ASIDE, new Mutants.LastOpen(), S3),
  NOT_READ_AGAIN(17, Scenarios.ONE_MESSAGE, new Mutants.AlwaysMeant(), S1, S2, S3, S6),
  DEFERRED_STAYS_BEHIND_PARKED(17, Scenarios.SET_ASIDE, new Mutants.NothingBehind(), S5),
  DELIVERED_BEHIND_PARKED(17, Scenarios.SET_ASIDE, new Mutants.ParkedDoesNotBlock(), S3),
  REDRIVEN_IN_PLACE(18, Scenarios.SET_ASIDE, new Mutants.RedrivenInPlace(), S2),
  REDRIVEN_ABOVE_ITS_HOLD_ONLY(18, Scenarios.SET_ASIDE, new Mutants.RedrivenAboveHold(), S2),
  REDRIVEN_ABOVE_AN_OLD_FLOOR(18, Scenarios.SET_ASIDE, Flaw.REDRIVEN_ABOVE_OLD_FLOOR, S2),
  ROWS_GO_AT_ONCE(19, Scenarios.ONE_MESSAGE, new Mutants.OverAtOnce(), S1, S6),
  DEFERRED_IS_DISCARDED(19, Scenarios.SET_ASIDE, new Mutants.AnyDiscardable(), S6);

  final int rule;
  final Scenario scenario;
  final Protocol protocol;
  final Set<Invariant> broken;

  Mutant(int rule, Scenario scenario, Receiver.Flaw flaw, Invariant first, Invariant... others) {
    this(
        rule,
        scenario,
        new Protocol(Rules.OURS, new Receiver.Flawed(flaw), EnumSet.noneOf(Flaw.class)),
        first,
        others);
  }

  Mutant(int rule, Scenario scenario, Rules rules, Invariant first, Invariant... others) {
    this(rule, scenario, rules, EnumSet.noneOf(Flaw.class), first, others);
  }

  Mutant(
      int rule,
      Scenario scenario,
      Rules rules,
      Set<Flaw> flaws,
      Invariant first,
      Invariant... others) {
    this(rule, scenario, new Protocol(rules, Receiver.Real.EMPTY, flaws), first, others);
  }

  Mutant(int rule, Scenario scenario, Flaw flaw, Invariant first, Invariant... others) {
    this(
        rule,
        scenario,
        new Protocol(Rules.OURS, Receiver.Real.EMPTY, EnumSet.of(flaw)),
        first,
        others);
  }

  Mutant(int rule, Scenario scenario, Protocol protocol, Invariant first, Invariant... others) {
    this.rule = rule;
    this.scenario = scenario;
    this.protocol = protocol;
    this.broken = EnumSet.of(first, others);
  }
}
