package dev.onewrite.spi;

/** The places at which a test or the demo makes a process die. */
public enum FaultPoint {
  /** Rows are written and not yet committed. */
  BEFORE_COMMIT,
  /** Rows are durable; nobody knows of it. */
  AFTER_COMMIT,
  /** A delivered message's batch is durable; its sender's worker has no answer yet. */
  BEFORE_ACKNOWLEDGEMENT,
  /** Deliveries are answered; the offset that says so is not stored. */
  BEFORE_OFFSET,
  /** A receiver knows a delivery from before, and has not said so yet. */
  DUPLICATE,
  /** A timer is due, and its turn has not begun. */
  BEFORE_FIRING,
  /** An entity waits for an activity that is about to be called. */
  BEFORE_ACTIVITY,
  /** An activity has returned; nothing of its result is durable. */
  AFTER_ACTIVITY,
  /** A snapshot is about to be saved. */
  BEFORE_SNAPSHOT
}
