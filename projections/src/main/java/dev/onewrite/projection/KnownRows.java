package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAside;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Of which senders there are rows, as far as a worker knows. */
final class KnownRows {

  /** 100,000 senders, some 10 MB. With more, each message is looked up. */
  static final int SENDERS_MAX = 100_000;

  /*
   * It may know of none for a sender where some worker that runs besides has inserted one. That
   * is harmless as long as it read its offset before it looked: it then comes to that message
   * itself, and its answer, or the row it cannot insert, tells it to look. It may not be the other
   * way round: it would begin behind a row it does not know.
   *
   * Where there are more than it may know, it takes all senders for such, until a look finds fewer.
   * A look later than the one it began with is as good: the offset was read still earlier. What is
   * learned while it looks counts besides what it finds.
   *
   * A discarded row stays for good, so that its message never takes effect. But it says nothing of
   * any other message: where none but discarded ones are left, only messages up to the last of them
   * are looked up. That holds also for who reads the same part of the tail again. To leave them out
   * by the floor instead would not do (docs/protocol.md): what is behind the floor by which this
   * worker skips may be in front of the one that was read with the rows.
   */

  /** Above all that comes. */
  private static final Position END = Position.of(Long.MAX_VALUE, Long.MAX_VALUE);

  private final Object looks = new Object();

  /** Up to where the messages of a sender have to be looked up. */
  private final Map<String, Position> senders = new HashMap<>();

  private boolean all;
  private boolean looking;
  private boolean tooMany;

  /** Looks; what was known before stays known, unless that was of all. */
  void look(SetAside rows, String group, SliceRange slices) {
    synchronized (looks) {
      begin();
      try {
        Set<String> found = rows.senders(group, slices, SENDERS_MAX + 1);
        found(found);
      } finally {
        end();
      }
    }
  }

  private synchronized void begin() {
    if (all) {
      senders.clear();
    }
    looking = true;
    tooMany = false;
  }

  private synchronized void found(Set<String> found) {
    found.forEach(sender -> learn(sender, END));
    all = tooMany;
  }

  private synchronized void end() {
    looking = false;
    if (all) {
      senders.clear();
    }
  }

  private void learn(String sender, Position to) {
    if (senders.size() < SENDERS_MAX || senders.containsKey(sender)) {
      senders.put(sender, to);
      return;
    }
    tooMany = true;
    all = true;
    if (!looking) {
      senders.clear();
    }
  }

  /** Whether a message of this sender has to be looked up before it is sent. */
  synchronized boolean mayHave(String sender, Position origin) {
    Position to = senders.get(sender);
    return all || (to != null && !origin.isAfter(to));
  }

  /** Whether there may be rows that go when they are over: discarded ones never do. */
  synchronized boolean any() {
    return all || senders.containsValue(END);
  }

  /** Whether there were more than it may know. */
  synchronized boolean isAll() {
    return all;
  }

  synchronized void add(String sender) {
    add(sender, END);
  }

  private void add(String sender, Position to) {
    if (!all || looking) {
      learn(sender, to);
    }
  }

  /** What a transaction has seen. */
  synchronized void saw(String sender, Placed placed) {
    if (!Rules.OURS.isCacheable(placed.senderHasRows())) {
      add(sender);
    } else if (placed.discardedTo().equals(Position.START)) {
      senders.remove(sender);
    } else {
      add(sender, placed.discardedTo());
    }
  }

  synchronized int size() {
    return senders.size();
  }
}
