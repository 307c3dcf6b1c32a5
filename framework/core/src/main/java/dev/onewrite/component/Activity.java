package dev.onewrite.component;

import java.time.Duration;

/**
 * A call to the outside that a turn starts and whose result comes back to the entity.
 *
 * <p><b>When.</b> It is called after the commit of the turn that started it, on a thread that may
 * block.
 *
 * <p><b>Guarantee.</b> At least one call until one has returned or {@link Policy#attemptsMax} have
 * failed; after a crash what has no result is called again, with the same key. Exactly one result
 * reaches the entity; it is void if the entity no longer waits for it.
 *
 * @param <I> its input, a record
 * @param <R> its result, a record
 */
@FunctionalInterface
public interface Activity<I, R> {

  /** Does the call. Throwing makes this attempt fail. */
  R call(Call call, I input) throws Exception;

  /**
   * One attempt.
   *
   * @param entity who waits for the result
   * @param idempotencyKey for the outside service: the same in every attempt, also after a crash
   * @param attempt 1 for the first since this process started calling
   */
  record Call(Address entity, String idempotencyKey, int attempt) {}

  /**
   * How often and how long an activity is tried.
   *
   * @param attemptsMax attempts after which the failure is the result; 1 or more
   * @param delayFirst wait after the first failed attempt, doubled for each further one
   * @param delayMax longest wait between two attempts
   * @param timeout how long one attempt may take; then it is interrupted and has failed
   */
  record Policy(int attemptsMax, Duration delayFirst, Duration delayMax, Duration timeout) {

    /** Ten attempts, 100 ms to 10 s apart, 30 s each. */
    public static final Policy DEFAULT =
        new Policy(10, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /**
     * Checks the values.
     *
     * @throws RefusedException OW113 if one of them makes no sense
     */
    public Policy {
      boolean valid =
          attemptsMax >= 1
              && !delayFirst.isNegative()
              && delayMax.compareTo(delayFirst) >= 0
              && !timeout.isNegative()
              && !timeout.isZero();
      if (!valid) {
        throw new RefusedException(
            "OW113",
            "An activity's policy is not valid: "
                + attemptsMax
                + " attempts, waits of "
                + delayFirst
                + " to "
                + delayMax
                + ", time-out "
                + timeout
                + ". Expected at least one attempt, no negative wait, the longest at least the"
                + " first, and a time-out above zero.");
      }
    }

    /** How long to wait after this many failed attempts (1 or more). */
    public Duration delay(int attempts) {
      long doubled = delayFirst.toMillis() << Math.min(attempts - 1, 20);
      return doubled < delayMax.toMillis() ? Duration.ofMillis(doubled) : delayMax;
    }
  }
}
