package dev.onewrite.testkit;

import dev.onewrite.component.RefusedException;

/** What a test asks of the kit and cannot have. */
final class Misuse {

  private Misuse() {}

  static RefusedException of(String what) {
    return new RefusedException("OW800", "The test cannot go on: " + what + ".");
  }
}
