package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a store holds, page by page, for tools that check and show it. It is shown as it is,
 * also where no part of Onewrite would have left it so. Every method may block.
 */
public interface Contents {

  /** A journal row with its place, and with the slice it was stored under. */
  record Held(TailRow tailRow, int slice) {}

  /**
   * A row of a message that is set aside, by its key as it is stored.
   *
   * @param slice that it was stored under
   * @param row null if what is stored does not make one
   * @param flaw why it does not; else empty
   */
  record Aside(
      String group, String id, String receiver, int slice, @Nullable SetAsideRow row, String flaw) {

    public static Aside of(SetAsideRow row, int slice) {
      Sequence sequence = row.sequence();
      String receiver = sequence.receiver().persistenceId();
      return new Aside(sequence.group(), row.id().toString(), receiver, slice, row, "");
    }
  }

  /**
   * The rows of all histories: those of one history together, by sequence number. A page ends by
   * bytes, too: {@link Tail#PAGE_BYTES_MAX}. The last one is empty.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<Held> rows(@Nullable Held after, int max);

  /** Which snapshots there are of one entity, oldest first. */
  List<SnapshotRow.Key> snapshots(String persistenceId);

  /**
   * Which snapshots there are of all entities: those of one entity together, by sequence number.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<SnapshotRow.Key> snapshots(SnapshotRow.@Nullable Key after, int max);

  /** Every group that has an offset or a floor, by name. */
  List<String> groups();

  /** How many rows of these slices are after {@code after} and not after {@code to}. */
  long count(Position after, Position to, SliceRange slices);

  /**
   * The index of timers, those of one entity together.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<PendingTimer> timers(PendingTimer.@Nullable Key after, int max);

  /**
   * The messages that are set aside, noted or dealt with, of all groups and of any state.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<Aside> setAside(@Nullable Aside after, int max);

  /** What the index of timers has of one. */
  Optional<PendingTimer> timer(PendingTimer.Key key);
}
