package dev.onewrite.protocol;

import static dev.onewrite.protocol.Scenario.Range.ALL;
import static dev.onewrite.protocol.Scenario.Range.HIGH;
import static dev.onewrite.protocol.Scenario.Range.LOW;
import static dev.onewrite.protocol.Scenario.message;

import dev.onewrite.protocol.Scenario.Message;
import java.util.List;

/** The bounds that are checked completely. */
final class Scenarios {

  private Scenarios() {}

  private static final List<Message> SEQUENCE_2 = List.of(message(0, 0, 0), message(1, 0, 0));
  private static final List<Message> SEQUENCE_3 =
      List.of(message(0, 0, 0), message(1, 0, 0), message(2, 0, 0));
  private static final List<Message> RECEIVERS_2 = List.of(message(0, 0, 0), message(1, 0, 1));
  private static final List<Message> SENDERS_2 = List.of(message(0, 0, 0), message(1, 1, 0));
  private static final List<Message> SENDERS_3 =
      List.of(message(0, 0, 0), message(1, 1, 0), message(2, 0, 0));

  static final Scenario A =
      new Scenario("A zombie 2", SEQUENCE_2, List.of(ALL, ALL), 0, 1, true, 0, 0);
  static final Scenario B =
      new Scenario("B set aside 2", SEQUENCE_2, List.of(ALL), 1, 1, true, 1, 1);
  static final Scenario C =
      new Scenario("C set aside 3", SEQUENCE_3, List.of(ALL), 1, 1, true, 1, 1);
  static final Scenario D =
      new Scenario("D zombie set aside 2", SEQUENCE_2, List.of(ALL, ALL), 1, 1, true, 1, 1);
  static final Scenario E =
      new Scenario("E receivers 2", RECEIVERS_2, List.of(ALL, ALL), 1, 1, true, 1, 0);
  static final Scenario F =
      new Scenario("F ranges", SENDERS_2, List.of(ALL, LOW, HIGH), 0, 1, false, 0, 0);
  static final Scenario G =
      new Scenario("G ranges 3", SENDERS_3, List.of(LOW, HIGH, ALL), 0, 1, false, 0, 0);
  static final Scenario H =
      new Scenario("H senders", SENDERS_2, List.of(ALL, ALL), 1, 1, true, 1, 0);
  static final Scenario I =
      new Scenario("I two redrives", SEQUENCE_2, List.of(ALL), 2, 1, true, 2, 0);
  static final Scenario J =
      new Scenario("J attempts 2", SEQUENCE_2, List.of(ALL), 2, 2, true, 1, 1);
  static final Scenario K =
      new Scenario("K ranges set aside", SENDERS_2, List.of(LOW, HIGH, ALL), 1, 1, false, 1, 0);
}
