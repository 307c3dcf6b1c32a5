package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.Placed;
import org.junit.jupiter.api.Test;

/** Which messages are looked up before they are sent. */
final class KnownRowsTest {

  private final KnownRows known = new KnownRows();

  private static Placed seen(boolean senderHasRows, Position discardedTo) {
    return new Placed(Placed.Step.SEND, null, senderHasRows, discardedTo);
  }

  @Test
  void sender_ofWhichRowsAreLeft_isLookedUpAlways() {
    known.saw("form|1", seen(true, Position.START));

    assertTrue(known.mayHave("form|1", Position.of(0, 1_000_000)));
    assertFalse(known.mayHave("form|2", Position.of(0, 1)));
  }

  @Test
  void sender_ofWhichNoneButDiscardedRowsAreLeft_isLookedUpUpToTheLastOfThem() {
    known.add("form|1");

    known.saw("form|1", seen(false, Position.of(0, 7)));

    assertTrue(known.mayHave("form|1", Position.of(0, 6)), "it may be read again");
    assertTrue(known.mayHave("form|1", Position.of(0, 7)));
    assertFalse(known.mayHave("form|1", Position.of(0, 8)), "each message pays for one for ever");
    assertTrue(known.any());
  }

  @Test
  void sender_ofWhichNoRowIsLeft_isNotLookedUp() {
    known.add("form|1");

    known.saw("form|1", seen(false, Position.START));

    assertFalse(known.mayHave("form|1", Position.of(0, 1)));
    assertFalse(known.any());
  }
}
