package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import java.util.UUID;

/**
 * What a receiver says of one delivery. It carries id and position; whoever waits matches both.
 *
 * @param reason why, with its code, where something failed or was refused; else empty
 */
public record Answer(UUID id, Position position, Kind kind, String reason) {

  /** How a delivery ended. */
  public enum Kind {
    /** It took effect, now or in an earlier attempt, and that is durable. */
    HANDLED,
    /** It is dealt with elsewhere: below what is stable, or under another position. */
    SETTLED,
    /** The handler failed; nothing of it is durable; another attempt may succeed. */
    FAILED,
    /** The handler failed for good, and that is durable at the receiver. */
    REFUSED
  }

  /** A long reason is shortened: it is journaled, and has to fit into a message. */
  public Answer {
    reason = Attempts.Note.shortened(reason);
  }

  public static Answer of(Delivery delivery, Kind kind, String reason) {
    return new Answer(delivery.cause().id(), delivery.cause().position(), kind, reason);
  }

  /** Whether this answers that very delivery. */
  public boolean answers(Delivery delivery) {
    return id.equals(delivery.cause().id()) && position.equals(delivery.cause().position());
  }
}
