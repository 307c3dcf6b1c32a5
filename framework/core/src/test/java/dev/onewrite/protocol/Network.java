package dev.onewrite.protocol;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import dev.onewrite.protocol.Scenario.Message;
import dev.onewrite.spi.Answer;
import java.util.Arrays;

/**
 * Copies and answers as numbers.
 *
 * <pre>
 *   copy     message 4 bits | last 1 bit | position 12 bits | stable 12 bits
 *   answer   message 4 bits | kind 2 bits | position 12 bits
 * </pre>
 */
final class Network {

  private Network() {}

  static int code(Position position) {
    if (position.ordering() > 63 || position.redrive() > 63 || position.transaction() != 0) {
      throw new IllegalStateException("beyond the bounds: " + position);
    }
    return (int) position.ordering() << 6 | position.redrive();
  }

  static Position position(int code) {
    return new Position(0, code >> 6 & 63, code & 63);
  }

  static int copy(int message, Position position, Position stable, boolean last) {
    return message | (last ? 16 : 0) | code(position) << 5 | code(stable) << 17;
  }

  static int messageOf(int code) {
    return code & 15;
  }

  static boolean isLast(int copy) {
    return (copy & 16) != 0;
  }

  static Position positionOf(int copy) {
    return position(copy >> 5);
  }

  static Position stableOf(int copy) {
    return position(copy >> 17);
  }

  static Cause.Delivered delivered(int copy, Message message) {
    Address sender = message.sequence().sender();
    return new Cause.Delivered(message.id(), sender, positionOf(copy), 0, stableOf(copy));
  }

  static int answer(int message, Position position, Answer.Kind kind) {
    return message | kind.ordinal() << 4 | code(position) << 6;
  }

  static Answer answer(int code, Message message) {
    Answer.Kind kind = Answer.Kind.values()[code >> 4 & 3];
    return new Answer(message.id(), position(code >> 6), kind, "");
  }

  static boolean contains(int[] set, int value) {
    return Arrays.binarySearch(set, value) >= 0;
  }

  static String copyText(int copy, Message message) {
    return message
        + " at "
        + positionOf(copy)
        + " with stable "
        + stableOf(copy)
        + (isLast(copy) ? ", last attempt" : "");
  }
}
