package dev.onewrite.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The histories, one an entity. */
public interface Journal {

  /**
   * Appends rows of <em>one</em> entity, all or none.
   *
   * <p><b>When.</b> The stage completes after the commit is durable, and after the listeners of
   * {@link Store#onCommit} were told. Appends of many entities may share a commit.
   *
   * <p><b>Guarantee.</b> Calls for one entity are committed in the order called. A row that cannot
   * be written (its number is taken) fails this append alone, never one that shares its commit.
   *
   * <p><b>Failure.</b> The stage fails with {@link dev.onewrite.component.RetryableException} OW302
   * where the rows may or may not be there, and with {@link
   * dev.onewrite.component.RefusedException} OW301 where another writer holds one of the numbers.
   */
  CompletionStage<Void> append(List<JournalRow> rows);

  /** The greatest sequence number of this history, 0 if it has none. May block. */
  long highestSequenceNumber(String persistenceId);

  /**
   * Gives the rows {@code from} to {@code to} (both included) to {@code reader}, in order, at most
   * {@code max} of them, without having more of them in memory at once than {@link
   * Tail#PAGE_BYTES_MAX} and one. May block. Gaps are shown as they are; the caller checks.
   */
  void replay(String persistenceId, long from, long to, long max, Consumer<JournalRow> reader);
}
