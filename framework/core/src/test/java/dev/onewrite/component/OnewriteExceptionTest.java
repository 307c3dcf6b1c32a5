package dev.onewrite.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class OnewriteExceptionTest {

  @Test
  void message_always_beginsWithItsCodeOnce() {
    RefusedException first = new RefusedException("OW101", "No.");
    RefusedException crossedAWire = new RefusedException("OW101", first.getMessage());

    assertEquals("[OW101] No.", first.getMessage());
    assertEquals("[OW101] No.", crossedAWire.getMessage());
  }
}
