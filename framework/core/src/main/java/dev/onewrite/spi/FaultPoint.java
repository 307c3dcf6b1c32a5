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
  /** It is decided that a message is set aside; its row is not inserted. */
  BEFORE_SET_ASIDE,
  /** A message's row is durable; its worker does not know. */
  AFTER_SET_ASIDE,
  /** A row was chosen to be delivered in the background; it was not yet. */
  BEFORE_RETRY,
  /** A message set aside was answered; its row does not say so. */
  AFTER_RETRY,
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
