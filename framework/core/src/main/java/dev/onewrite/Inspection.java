package dev.onewrite;

import dev.onewrite.component.Address;
import dev.onewrite.inspect.Lag;
import dev.onewrite.inspect.Verification;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.engine.PlainFold;
import dev.onewrite.internal.inspect.Holder;
import dev.onewrite.internal.inspect.Plain;
import dev.onewrite.internal.inspect.StoreCheck;
import dev.onewrite.internal.pekko.Attachment;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoredOffset;
import dev.onewrite.spi.TailRow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A look at a store, whether or not a node works on it: it takes no lock, writes nothing but what
 * is redriven or discarded through {@link #waiting}, and needs no class of the application. Its
 * methods read the store and may block.
 *
 * <p><b>Failure.</b> A row that is damaged or of a newer format is a {@link
 * dev.onewrite.component.BrokenException} (OW201, OW205), but for {@link #verify}, which reports
 * it.
 */
public final class Inspection implements AutoCloseable {

  private static final int PAGE = 500;

  private final Attachment attachment;
  private final Store store;
  private final BatchCodec batches = BatchCodec.plain();

  Inspection(Attachment attachment) {
    this.attachment = attachment;
    this.store = attachment.store();
  }

  /** Which store it is, in one line. */
  public String store() {
    return store.description();
  }

  /**
   * Checks the whole store: docs/verify.md says for what.
   *
   * <p><b>Limit.</b> It reads every row twice. In memory it has what the journal has in flight, and
   * of one history at a time its pending timers, its senders and its last requests.
   */
  public Verification verify() {
    return StoreCheck.verify(store, attachment.routes());
  }

  /** Shows the batches of one entity with their numbers, oldest first. */
  public void history(Address entity, BiConsumer<Long, Batch> reader) {
    store
        .journal()
        .replay(
            entity.persistenceId(),
            1,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            row -> reader.accept(row.sequenceNumber(), batches.decode(row)));
  }

  /** What the batches of one entity come to, by name; absent if it has none. */
  public Optional<Map<String, Object>> state(Address entity) {
    PlainFold fold = new PlainFold();
    history(entity, (number, batch) -> fold.apply(batch));
    return fold.turns() == 0 ? Optional.empty() : Optional.of(Plain.of(fold));
  }

  /**
   * How far each group is, by ranges of slices: each slice once, with the greatest offset that
   * covers it, as a worker would start. Slices without an offset are at the beginning.
   */
  public List<Lag> outbox() {
    Position bound = store.tail().bound();
    List<Lag> lags = new ArrayList<>();
    for (String group : store.contents().groups()) {
      Position floor = store.offsets().floor(group);
      for (StoredOffset offset : SliceOffsets.covering(store.offsets().read(group))) {
        Position at = offset.position();
        Optional<Instant> oldest =
            store.tail().read(at, offset.slices(), 1).stream()
                .map(TailRow::row)
                .map(row -> Instant.ofEpochMilli(row.writtenAt()))
                .findFirst();
        long behind = bound.isAfter(at) ? store.contents().count(at, bound, offset.slices()) : 0;
        lags.add(new Lag(group, offset.slices(), at, floor, behind, oldest));
      }
    }
    return lags;
  }

  /**
   * Shows the timers that are still to fire, as the index has them: those of one entity together.
   */
  public void timers(Consumer<PendingTimer> reader) {
    PendingTimer.@Nullable Key last = null;
    List<PendingTimer> page;
    do {
      page = store.contents().timers(last, PAGE);
      for (PendingTimer timer : page) {
        reader.accept(timer);
        last = timer.key();
      }
    } while (page.size() == PAGE);
  }

  /**
   * What waits outside the stream, and what can be done about it. A running node acts on what is
   * decided here soon.
   */
  public Outbox waiting() {
    return new Outbox(store.setAside(), Clock.systemUTC());
  }

  /** The message that {@code row} stands for; absent if it is not where the row says. */
  public Optional<Outgoing> message(SetAsideRow row) {
    return Holder.message(store, row);
  }

  /** The parts of a batch as maps, lists, texts and numbers. */
  public static Map<String, Object> plain(long number, Batch batch) {
    return Plain.of(number, batch);
  }

  /** A stored value as JSON, whether or not its type is known. */
  public static String json(Payload payload) {
    return Plain.json(payload);
  }

  @Override
  public void close() {
    store.close();
  }
}
