package dev.onewrite.protocol;

import static dev.onewrite.protocol.Scenario.Range.ALL;
import static dev.onewrite.protocol.Scenario.Range.HIGH;
import static dev.onewrite.protocol.Scenario.Range.LOW;
import static dev.onewrite.protocol.Scenario.message;

import dev.onewrite.protocol.Scenario.Message;
import java.util.List;

/** The bounds. Those in the build are checked completely there, the others by the profile chaos. */
final class Scenarios {

  private static final List<Message> SEQUENCE_2 = List.of(message(0, 0, 0), message(1, 0, 0));
  private static final List<Message> SEQUENCE_3 =
      List.of(message(0, 0, 0), message(1, 0, 0), message(2, 0, 0));
  private static final List<Message> RECEIVERS_2 = List.of(message(0, 0, 0), message(1, 0, 1));
  private static final List<Message> SENDERS_2 = List.of(message(0, 0, 0), message(1, 1, 0));

  static final Scenario ZOMBIE_REFUSAL =
      new Scenario("a zombie and a refusal", SEQUENCE_2, List.of(ALL, ALL), 1, 1, false, 1, 1);
  static final Scenario ONE_MESSAGE =
      new Scenario("one message", List.of(message(0, 0, 0)), List.of(ALL, ALL), 2, 1, true, 2, 1);
  static final Scenario ZOMBIE =
      new Scenario("a zombie", SEQUENCE_2, List.of(ALL, ALL), 0, 1, true, 0, 0);
  static final Scenario SET_ASIDE =
      new Scenario("set aside", SEQUENCE_2, List.of(ALL), 1, 1, true, 1, 1);
  static final Scenario THREE_MESSAGES =
      new Scenario("three messages", SEQUENCE_3, List.of(ALL), 1, 1, true, 1, 1);
  static final Scenario ZOMBIE_SET_ASIDE =
      new Scenario("a zombie and set aside", SEQUENCE_2, List.of(ALL, ALL), 1, 1, true, 1, 1);
  static final Scenario TWO_RECEIVERS =
      new Scenario("two receivers", RECEIVERS_2, List.of(ALL, ALL), 1, 1, true, 1, 0);
  static final Scenario RANGES =
      new Scenario(
          "another number of workers", SENDERS_2, List.of(ALL, LOW, HIGH), 0, 1, false, 0, 0);
  static final Scenario TWO_REDRIVES =
      new Scenario("two redrives", SEQUENCE_2, List.of(ALL), 2, 1, true, 2, 0);
  static final Scenario TWO_ATTEMPTS =
      new Scenario("two attempts", SEQUENCE_2, List.of(ALL), 2, 2, true, 1, 1);

  static final List<Scenario> IN_THE_BUILD =
      List.of(SET_ASIDE, ONE_MESSAGE, TWO_ATTEMPTS, TWO_REDRIVES, ZOMBIE, RANGES);

  static final List<Scenario> LARGE = List.of(THREE_MESSAGES, ZOMBIE_REFUSAL);

  private Scenarios() {}
}
