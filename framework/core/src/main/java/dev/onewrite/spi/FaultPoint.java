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
  BEFORE_OFFSET
}
