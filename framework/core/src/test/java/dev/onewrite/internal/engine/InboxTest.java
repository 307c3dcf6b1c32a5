package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Inbox.Verdict.HANDLED;
import static dev.onewrite.internal.engine.Inbox.Verdict.NEW;
import static dev.onewrite.internal.engine.Inbox.Verdict.REFUSED;
import static dev.onewrite.internal.engine.Inbox.Verdict.SETTLED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules 1 to 3 of the delivery protocol, clause by clause. */
final class InboxTest {

  private static final Address SENDER = new Address("shop", "s");
  private static final String REFUSAL = "[OW106] no";

  private final Inbox inbox = new Inbox();

  private static Cause.Delivered at(long id, Position position, long stable) {
    return new Cause.Delivered(new UUID(0, id), SENDER, position, 0, Position.of(0, stable));
  }

  private static Cause.Delivered at(long id, long ordering, long stable) {
    return at(id, Position.of(0, ordering), stable);
  }

  @Test
  void delivery_neverSeen_isNew() {
    assertEquals(NEW, inbox.judge(at(1, 10, 0)));
  }

  @Test
  void handledId_atTheSamePosition_isHandled() {
    inbox.apply(at(1, 10, 0), null);

    assertEquals(HANDLED, inbox.judge(at(1, 10, 0)));
  }

  @Test
  void handledId_atAnotherPosition_isSettled() {
    inbox.apply(at(1, 10, 0), null);

    assertEquals(SETTLED, inbox.judge(at(1, 11, 0)));
    assertEquals(SETTLED, inbox.judge(at(1, 9, 0)));
    assertEquals(SETTLED, inbox.judge(at(1, new Position(0, 10, 1), 0)));
  }

  /** The worker waits for exactly this answer: the id comes before the positions. */
  @Test
  void handledId_atOrBelowTheStableCarried_isStillHandled() {
    inbox.apply(at(1, 10, 0), null);

    assertEquals(HANDLED, inbox.judge(at(1, 10, 10)));
    assertEquals(HANDLED, inbox.judge(at(1, 10, 99)));
  }

  @Test
  void unknownId_atOrBelowItsOwnStable_isSettled() {
    inbox.apply(at(1, 20, 10), null);

    assertEquals(SETTLED, inbox.judge(at(2, 9, 0)));
    assertEquals(SETTLED, inbox.judge(at(2, 10, 0)));
    assertEquals(NEW, inbox.judge(at(2, 11, 0)));
    assertEquals(NEW, inbox.judge(at(2, new Position(0, 10, 1), 0)));
  }

  @Test
  void unknownId_atOrBelowTheStableCarried_isSettled() {
    assertEquals(SETTLED, inbox.judge(at(2, 9, 10)));
    assertEquals(SETTLED, inbox.judge(at(2, 10, 10)));
    assertEquals(NEW, inbox.judge(at(2, 11, 10)));
  }

  /** The positions come before the refusal: below stable it was dealt with elsewhere. */
  @Test
  void refusedId_atOrBelowTheStableCarried_isSettled() {
    inbox.apply(at(1, 10, 0), REFUSAL);

    assertEquals(SETTLED, inbox.judge(at(1, 10, 10)));
  }

  @Test
  void refusedId_atOrBelowThePositionRefusedAt_isRefused() {
    inbox.apply(at(1, 10, 0), REFUSAL);

    assertEquals(REFUSED, inbox.judge(at(1, 10, 0)));
    assertEquals(REFUSED, inbox.judge(at(1, 9, 0)));
    assertEquals(REFUSAL, inbox.refusal(new UUID(0, 1)));
    assertNull(inbox.refusal(new UUID(0, 2)));
  }

  @Test
  void refusedId_redrivenAbove_isNewAndThenHandled() {
    inbox.apply(at(1, 10, 0), REFUSAL);
    Cause.Delivered redriven = at(1, new Position(0, 10, 1), 0);

    assertEquals(NEW, inbox.judge(redriven));
    inbox.apply(redriven, null);

    assertEquals(HANDLED, inbox.judge(redriven));
    assertEquals(SETTLED, inbox.judge(at(1, 10, 0)));
  }

  @Test
  void stable_rises_dropsWhatIsAtOrBelowAndIsNotForgotten() {
    inbox.apply(at(1, 10, 0), null);
    inbox.apply(at(2, 11, 0), REFUSAL);
    inbox.apply(at(3, 12, 0), null);

    inbox.apply(at(4, 20, 11), null);

    assertEquals(2, inbox.size());
    assertEquals(Position.of(0, 11), inbox.stable());
    assertEquals(SETTLED, inbox.judge(at(1, 10, 0)));
    assertEquals(SETTLED, inbox.judge(at(2, 11, 0)));
    assertEquals(HANDLED, inbox.judge(at(3, 12, 0)));
  }

  @Test
  void stable_carriedLower_doesNotFall() {
    inbox.apply(at(1, 20, 11), null);

    inbox.apply(at(2, 21, 5), null);

    assertEquals(Position.of(0, 11), inbox.stable());
    assertEquals(SETTLED, inbox.judge(at(3, 11, 0)));
  }

  /**
   * One message each of 100,000 senders, doubled and late copies among them, with {@code stable}
   * following behind.
   */
  @Test
  void size_withAHundredThousandSenders_isWhatIsAboveStable() {
    long seed = 20_260_101;
    Random random = new Random(seed);
    int window = 64;
    Map<Long, Integer> effects = new HashMap<>();
    int largest = 0;
    long stable = 0;
    for (long next = 1; next <= 100_000; next++) {
      stable = Math.max(stable, next - 1 - random.nextInt(window));
      deliver(next, stable, effects);
      deliver(1 + (long) (random.nextDouble() * next), random.nextInt((int) stable + 1), effects);
      largest = Math.max(largest, inbox.size());
      assertTrue(inbox.size() <= next - inbox.stable().ordering(), "seed " + seed + " at " + next);
    }

    assertTrue(largest <= window, "seed " + seed + ": " + largest);
    assertEquals(100_000, effects.size(), "seed " + seed);
    assertTrue(effects.values().stream().allMatch(times -> times == 1), "seed " + seed);
  }

  private void deliver(long message, long stable, Map<Long, Integer> effects) {
    Address sender = new Address("shop", "s" + message);
    Cause.Delivered delivery =
        new Cause.Delivered(
            new UUID(1, message), sender, Position.of(0, message), 0, Position.of(0, stable));
    if (inbox.judge(delivery) == NEW) {
      inbox.apply(delivery, null);
      effects.merge(message, 1, Integer::sum);
    }
  }

  /** What is under way is bounded by the window; each delivery carries what is stable. */
  @Test
  void ids_ofAMillionSenders_areAsManyAsWereUnderWay() {
    int window = 1_024;
    int offsetEvery = 512;
    int most = 0;

    for (int sender = 1; sender <= 1_000_000; sender++) {
      Cause.Delivered delivered =
          new Cause.Delivered(
              new UUID(1, sender),
              new Address("shop", "s" + sender),
              Position.of(0, sender),
              0,
              Position.of(0, Math.max(0, (sender - window) / offsetEvery * offsetEvery)));
      assertEquals(NEW, inbox.judge(delivered));
      inbox.apply(delivered, sender % 1_000 == 0 ? REFUSAL : null);
      most = Math.max(most, inbox.size());
    }

    assertTrue(most <= window + offsetEvery, "at most " + most);
    assertEquals(SETTLED, inbox.judge(at(1, 1, 0)));
  }
}
