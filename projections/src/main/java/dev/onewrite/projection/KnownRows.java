package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAside;
import java.util.HashSet;
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
   */

  private final Object looks = new Object();
  private final Set<String> senders = new HashSet<>();
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
    found.forEach(this::learn);
    all = tooMany;
  }

  private synchronized void end() {
    looking = false;
    if (all) {
      senders.clear();
    }
  }

  private void learn(String sender) {
    if (senders.size() < SENDERS_MAX || senders.contains(sender)) {
      senders.add(sender);
      return;
    }
    tooMany = true;
    all = true;
    if (!looking) {
      senders.clear();
    }
  }

  /** Whether messages of this sender have to be looked up before they are sent. */
  synchronized boolean mayHave(String sender) {
    return all || senders.contains(sender);
  }

  synchronized boolean any() {
    return all || !senders.isEmpty();
  }

  /** Whether there were more than it may know. */
  synchronized boolean isAll() {
    return all;
  }

  synchronized void add(String sender) {
    if (!all || looking) {
      learn(sender);
    }
  }

  /** What a transaction has seen. */
  synchronized void saw(String sender, boolean hasRows) {
    if (Rules.OURS.isCacheable(hasRows)) {
      senders.remove(sender);
    } else {
      add(sender);
    }
  }

  synchronized int size() {
    return senders.size();
  }
}
