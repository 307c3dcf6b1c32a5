package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.SetAside;
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
   */

  private final Set<String> senders = ConcurrentHashMap.newKeySet();
  private volatile boolean all;

  /** Looks; what was known before stays known. */
  void look(SetAside rows, String group, SliceRange slices) {
    Set<String> found = rows.senders(group, slices, SENDERS_MAX + 1);
    all = found.size() > SENDERS_MAX;
    if (!all) {
      senders.addAll(found);
    }
  }

  /** Whether messages of this sender have to be looked up before they are sent. */
  boolean mayHave(String sender) {
    return all || senders.contains(sender);
  }

  boolean any() {
    return all || !senders.isEmpty();
  }

  void add(String sender) {
    senders.add(sender);
  }

  /** What a transaction has seen. */
  void saw(String sender, boolean hasRows) {
    if (Rules.OURS.isCacheable(hasRows)) {
      senders.remove(sender);
    } else {
      senders.add(sender);
    }
  }
}
