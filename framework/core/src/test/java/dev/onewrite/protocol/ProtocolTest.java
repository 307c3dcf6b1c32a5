package dev.onewrite.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.onewrite.protocol.Protocol.Flaw;
import dev.onewrite.protocol.Successors.Invariant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of delivery, in every state that small bounds allow: the real ones break nothing, and
 * without any one of them something breaks.
 */
final class ProtocolTest {

  private static final int STATES_MAX = 20_000_000;
  private static final Set<Invariant> ALL = EnumSet.allOf(Invariant.class);

  /** Broken only after hundreds of thousands of states. */
  private static final Predicate<Mutant> DEEP =
      mutant -> mutant.scenario == Scenarios.ZOMBIE_REFUSAL;

  private static final Protocol WITHOUT_CARRIED =
      new Protocol(
          Protocol.OF_WORKERS.rules(),
          new Receiver.Flawed(Receiver.Flaw.CARRIED_NOT_ASKED),
          Protocol.OF_WORKERS.flaws());

  static List<Scenario> scenariosInTheBuild() {
    return Scenarios.IN_THE_BUILD;
  }

  static List<Scenario> largeScenarios() {
    return Scenarios.LARGE;
  }

  static Stream<Mutant> mutants() {
    return Arrays.stream(Mutant.values()).filter(DEEP.negate());
  }

  static Stream<Mutant> deepMutants() {
    return Arrays.stream(Mutant.values()).filter(DEEP);
  }

  @ParameterizedTest
  @MethodSource("scenariosInTheBuild")
  void protocol_asItIs_breaksNothing(Scenario scenario) {
    assertUnbroken(scenario, Protocol.OURS);
  }

  @Test
  void protocol_inTheOrderOfTheWorkers_breaksNothing() {
    assertUnbroken(Scenarios.SET_ASIDE, Protocol.OF_WORKERS);
    assertUnbroken(Scenarios.ONE_MESSAGE, Protocol.OF_WORKERS);
    assertUnbroken(Scenarios.ZOMBIE, Protocol.OF_WORKERS);
  }

  /** One clause of rule 2 is spare: docs/protocol.md says why. If this fails, it is a mutant. */
  @Test
  void protocol_withoutTheCarriedPromise_breaksNothing() {
    assertUnbroken(Scenarios.SET_ASIDE, WITHOUT_CARRIED);
    assertUnbroken(Scenarios.ONE_MESSAGE, WITHOUT_CARRIED);
    assertUnbroken(Scenarios.ZOMBIE, WITHOUT_CARRIED);
  }

  @ParameterizedTest
  @MethodSource("largeScenarios")
  @Tag("chaos")
  void protocol_withoutTheCarriedPromise_breaksNothingInLargerBounds(Scenario scenario) {
    assertUnbroken(scenario, WITHOUT_CARRIED);
  }

  @ParameterizedTest
  @MethodSource("largeScenarios")
  @Tag("chaos")
  void protocol_inTheOrderOfTheWorkers_breaksNothingInLargerBounds(Scenario scenario) {
    assertUnbroken(scenario, Protocol.OF_WORKERS);
  }

  @Test
  @Tag("chaos")
  void protocol_withOffsetsThatZombiesLower_breaksNothing() {
    Protocol lowered =
        new Protocol(Protocol.OURS.rules(), Protocol.OURS.empty(), EnumSet.of(Flaw.OFFSETS_FALL));

    assertUnbroken(Scenarios.ONE_MESSAGE, lowered);
    assertUnbroken(Scenarios.ZOMBIE, lowered);
  }

  @ParameterizedTest
  @MethodSource("largeScenarios")
  @Tag("chaos")
  void protocol_inLargerBounds_breaksNothing(Scenario scenario) {
    assertUnbroken(scenario, Protocol.OURS);
  }

  private static void assertUnbroken(Scenario scenario, Protocol protocol) {
    Checker.Result result = new Checker(new Model(scenario, protocol), ALL, STATES_MAX).run();

    System.out.println(scenario + ": " + result);
    assertNull(result.violation(), result::toString);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void protocol_withoutARule_breaks(Mutant mutant) {
    assertBroken(mutant);
  }

  @ParameterizedTest
  @MethodSource("deepMutants")
  @Tag("chaos")
  void protocol_withoutARule_breaksDeepDown(Mutant mutant) {
    assertBroken(mutant);
  }

  private static void assertBroken(Mutant mutant) {
    Model model = new Model(mutant.scenario, mutant.protocol);

    Checker.Result result = new Checker(model, mutant.broken, STATES_MAX).run();

    System.out.println(
        "Rule " + mutant.rule + ", " + mutant + ", " + result.states() + " states: " + result);
    assertNotNull(result.violation(), mutant + " breaks nothing in " + mutant.scenario);
  }

  @Test
  void flaw_isTakenBySomeMutantOrOrder() {
    Set<Flaw> taken = EnumSet.copyOf(Protocol.OF_WORKERS.flaws());
    Arrays.stream(Mutant.values()).forEach(mutant -> taken.addAll(mutant.protocol.flaws()));

    assertEquals(EnumSet.allOf(Flaw.class), taken);
  }

  @Test
  void rule_ofTheProtocol_hasAMutantInEveryBuild() {
    Set<Integer> rules =
        mutants().map(mutant -> mutant.rule).collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        IntStream.rangeClosed(1, 19).boxed().collect(Collectors.toCollection(TreeSet::new)), rules);
  }
}
