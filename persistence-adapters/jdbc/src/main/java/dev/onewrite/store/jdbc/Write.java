package dev.onewrite.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Something the writer does inside a transaction, with whoever waits for it. */
final class Write {

  /** What is done. It may be done again, after a rollback, in another transaction. */
  @FunctionalInterface
  interface Work {
    void in(WriterSession session) throws SQLException;
  }

  private final boolean append;
  private final String persistenceId;

  private final String subject;
  private final long bytes;
  private final Work work;
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();

  private Write(boolean append, String persistenceId, String subject, long bytes, Work work) {
    this.append = append;
    this.persistenceId = persistenceId;
    this.subject = subject;
    this.bytes = bytes;
    this.work = work;
  }

  static Write append(String persistenceId, String subject, long bytes, Work work) {
    return new Write(true, persistenceId, subject, bytes, work);
  }

  static Write besides(String subject, long bytes, Work work) {
    return new Write(false, "", subject, bytes, work);
  }

  void execute(WriterSession session) throws SQLException {
    work.in(session);
  }

  boolean isAppend() {
    return append;
  }

  /** The history this appends to; only of an append. */
  String persistenceId() {
    return persistenceId;
  }

  /** What is written, in words, for an error. */
  String subject() {
    return subject;
  }

  long bytes() {
    return bytes;
  }

  CompletableFuture<Void> outcome() {
    return outcome;
  }
}
