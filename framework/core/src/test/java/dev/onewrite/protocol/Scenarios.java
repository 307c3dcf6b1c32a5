package dev.onewrite.protocol;

import static dev.onewrite.protocol.Scenario.Range.ALL;
import static dev.onewrite.protocol.Scenario.Range.HIGH;
import static dev.onewrite.protocol.Scenario.Range.LOW;
import static dev.onewrite.protocol.Scenario.message;

import java.util.List;

/** The bounds that are checked completely. */
final class Scenarios {

  private Scenarios() {}

  /** A zombie: two workers of the same slices, two messages of one sequence. */
  static final Scenario ZOMBIE =
      new Scenario(
          "zombie",
          List.of(message(0, 0, 0), message(1, 0, 0)),
          List.of(ALL, ALL),
          0,
          1,
          false,
          0,
          0);

  /** Silence and final refusals, with redrive and discard. */
  static final Scenario SET_ASIDE =
      new Scenario(
          "set aside",
          List.of(message(0, 0, 0), message(1, 0, 0)),
          List.of(ALL),
          1,
          1,
          true,
          1,
          1);
}
