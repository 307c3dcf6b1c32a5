package dev.onewrite.journal;

import dev.onewrite.component.Address;
import java.util.UUID;
import java.util.function.Function;

/**
 * What started a turn; the key by which its repetition is known.
 *
 * <pre>
 *   Cause
 *   ├─ Delivered   id, sender, position, index, stable     an outgoing of another entity
 *   ├─ Requested   request id, fingerprint                 a message from outside
 *   ├─ Fired       timer id                                a timer of this entity
 *   └─ Completed   activity id                             an activity it had started has ended
 * </pre>
 */
public sealed interface Cause {

  <R> R match(
      Function<? super Delivered, R> delivered,
      Function<? super Requested, R> requested,
      Function<? super Fired, R> fired,
      Function<? super Completed, R> completed);

  /**
   * An outgoing of another entity.
   *
   * @param id of the outgoing
   * @param position it was delivered with
   * @param index of the outgoing in its batch
   * @param stable the promise that came with it: nothing at or below comes again
   */
  record Delivered(UUID id, Address sender, Position position, int index, Position stable)
      implements Cause {
    @Override
    public <R> R match(
        Function<? super Delivered, R> delivered,
        Function<? super Requested, R> requested,
        Function<? super Fired, R> fired,
        Function<? super Completed, R> completed) {
      return delivered.apply(this);
    }
  }

  /**
   * A message from outside, under the id its caller gave it.
   *
   * @param fingerprint of the message, so that another one under the same id is found out; 0 in
   *     rows of earlier releases, which had none
   */
  record Requested(String requestId, long fingerprint) implements Cause {

    /** One whose message nobody compares. */
    public Requested(String requestId) {
      this(requestId, 0);
    }

    @Override
    public <R> R match(
        Function<? super Delivered, R> delivered,
        Function<? super Requested, R> requested,
        Function<? super Fired, R> fired,
        Function<? super Completed, R> completed) {
      return requested.apply(this);
    }
  }

  /** A timer that came due. */
  record Fired(String timerId) implements Cause {
    @Override
    public <R> R match(
        Function<? super Delivered, R> delivered,
        Function<? super Requested, R> requested,
        Function<? super Fired, R> fired,
        Function<? super Completed, R> completed) {
      return fired.apply(this);
    }
  }

  /** An activity that this entity had started and that has ended, well or not. */
  record Completed(String activityId) implements Cause {
    @Override
    public <R> R match(
        Function<? super Delivered, R> delivered,
        Function<? super Requested, R> requested,
        Function<? super Fired, R> fired,
        Function<? super Completed, R> completed) {
      return completed.apply(this);
    }
  }
}
