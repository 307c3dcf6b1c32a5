package dev.onewrite;

import static dev.onewrite.spi.SetAsideRow.State.PARKED;

import dev.onewrite.component.Address;
import dev.onewrite.inspect.Lag;
import dev.onewrite.inspect.Verification;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.engine.PlainFold;
import dev.onewrite.internal.inspect.Plain;
import dev.onewrite.internal.inspect.StoreCheck;
import dev.onewrite.internal.pekko.Attachment;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoredOffset;
import dev.onewrite.spi.TailRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A look at a store, whether or not a node works on it: it takes no lock, writes nothing but what
 * {@link #redrive} and {@link #discard} decide, and needs no class of the application. Its methods
 * read the store and may block.
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
   * What waits outside the stream: for each sequence the message that the others wait behind, and
   * how many they are; at most {@code max} of the sequences that {@code which} takes.
   */
  public List<Backlog> backlogs(Backlog.Filter which, int max) {
    return store.setAside().backlogs(which, max);
  }

  /** The messages of a sequence that are set aside or were, in the order sent. */
  public List<SetAsideRow> setAside(Sequence sequence, int max) {
    return store.setAside().rows(sequence, max);
  }

  /**
   * Lets the parked messages of a sequence be delivered again, in their order, once what made them
   * fail is mended. A running node does it soon.
   *
   * @return how many
   */
  public int redrive(Sequence sequence) {
    return store.setAside().redrive(sequence);
  }

  /**
   * Decides that a parked message never takes effect.
   *
   * @param by who decides, for those who ask later
   * @return for how many receivers it was
   */
  public int discard(UUID id, String by, String reason, Instant at) {
    int discarded = 0;
    for (SetAsideRow row : store.setAside().find(id)) {
      SetAsideRow.Discard discard = new SetAsideRow.Discard(by, new Attempts.Note(at, reason));
      if (store.setAside().discard(row.key(), discard).equals(Optional.of(PARKED))) {
        discarded++;
      }
    }
    return discarded;
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
