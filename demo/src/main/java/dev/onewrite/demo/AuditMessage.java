package dev.onewrite.demo;

/** What an audit entity takes from outside. */
sealed interface AuditMessage {

  /** Asks for its {@link Trail}. */
  record ReadTrail() implements AuditMessage {}
}
