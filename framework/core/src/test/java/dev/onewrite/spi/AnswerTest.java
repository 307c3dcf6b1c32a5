package dev.onewrite.spi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AnswerTest {

  private static Delivery delivery(long id, int redrive) {
    Address receiver = new Address("audit", "all");
    Position position = new Position(0, 5, redrive);
    return new Delivery(
        receiver,
        new Cause.Delivered(new UUID(0, id), receiver, position, 0, Position.START),
        new Outgoing.Emitted(new UUID(0, id), new Payload("note", 1, new byte[0])),
        false);
  }

  @Test
  void answer_ofADelivery_answersThatOneAndNoOtherIdOrPosition() {
    Answer answer = Answer.of(delivery(1, 0), Answer.Kind.HANDLED, "");

    assertTrue(answer.answers(delivery(1, 0)));
    assertFalse(answer.answers(delivery(2, 0)));
    assertFalse(answer.answers(delivery(1, 1)));
  }
}
