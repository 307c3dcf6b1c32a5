package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAside;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Of which senders there are rows, as far as a worker knows. */
final class KnownRows {

  /** 100,000 senders, some 10 MB. With more, each message is looked up. */
  private static final int SENDERS_MAX = 100_000;

  /*
   * It may know of none for a sender where some worker that runs besides has inserted one. That
   * is harmless as long as it read its offset before it looked: it then comes to that message
   * itself, and its answer, or the row it cannot insert, tells it to look. It may not be the other
   * way round: it would begin behind a row it does not know.
   *
   * A discarded row stays for good, so that its message never takes effect. But it says nothing of
   * any other message: where none but discarded ones are left, only messages up to the last of them
   * are looked up. That holds also for who reads the same part of the tail again. To leave them out
   * by the floor instead would not do (docs/protocol.md): what is behind the floor by which this
   * worker skips may be in front of the one that was read with the rows.
   */

  /** Above all that comes. */
  private static final Position END = Position.of(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Up to where the messages of a sender have to be looked up. */
  private final Map<String, Position> senders = new ConcurrentHashMap<>();

  private volatile boolean all;

  /** Looks; what was known before stays known. */
  void look(SetAside rows, String group, SliceRange slices) {
    Set<String> found = rows.senders(group, slices, SENDERS_MAX + 1);
    all = found.size() > SENDERS_MAX;
    if (!all) {
      found.forEach(this::add);
    }
  }

  /** Whether a message of this sender has to be looked up before it is sent. */
  boolean mayHave(String sender, Position origin) {
    Position to = senders.get(sender);
    return all || (to != null && !origin.isAfter(to));
  }

  boolean any() {
    return all || !senders.isEmpty();
  }

  void add(String sender) {
    senders.put(sender, END);
  }

  /** What a transaction has seen. */
  void saw(String sender, Placed placed) {
    if (!Rules.OURS.isCacheable(placed.senderHasRows())) {
      add(sender);
    } else if (placed.discardedTo().equals(Position.START)) {
      senders.remove(sender);
    } else {
      senders.put(sender, placed.discardedTo());
    }
  }
}
