package dev.onewrite.store.jdbc;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

/** Something the writer does inside a transaction, with whoever waits for it. */
final class Write {

  /** What is done. It may be done again, after a rollback, in another transaction. */
  @FunctionalInterface
  interface Work {
    void in(WriterSession session) throws SQLException;
  }

  /**
   * The order of the writes of a commit. Every node takes the locks of its rows in it, so that two
   * nodes that write the same rows wait for each other in line and not in a circle.
   */
  static final Comparator<Write> LOCK_ORDER =
      Comparator.comparing((Write write) -> !write.append).thenComparing(write -> write.place);

  private final boolean append;
  private final String persistenceId;
  private final String place;
  private final String subject;
  private final long bytes;
  private final Work work;
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();

  private Write(boolean append, String place, String subject, long bytes, Work work) {
    this.append = append;
    this.persistenceId = append ? place : "";
    this.place = place;
    this.subject = subject;
    this.bytes = bytes;
    this.work = work;
  }

  static Write append(String persistenceId, String subject, long bytes, Work work) {
    return new Write(true, persistenceId, subject, bytes, work);
  }

  /** {@code place} says which rows are locked: see {@link #LOCK_ORDER}. */
  static Write besides(String place, String subject, long bytes, Work work) {
    return new Write(false, place, subject, bytes, work);
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
