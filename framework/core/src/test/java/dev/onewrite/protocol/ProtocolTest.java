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

    System.out.println("Rule " + mutant.rule + ", " + mutant + ": " + result);
    assertNotNull(result.violation(), mutant + " breaks nothing in " + mutant.scenario);
  }

  @Test
  void rule_ofTheProtocol_hasAMutant() {
    Set<Integer> rules =
        Arrays.stream(Mutant.values())
            .map(mutant -> mutant.rule)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        IntStream.rangeClosed(1, 19).boxed().collect(Collectors.toCollection(TreeSet::new)), rules);
  }
}
