package dev.onewrite.internal.pekko;

import dev.onewrite.spi.Store;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Commits of journal rows: those of this node, and what is heard of those of others. */
final class Commits {

  private final Store store;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private Commits(Store store) {
    this.store = store;
  }

  /** The commits of a node that is alone. */
  static Commits ofThis(Store store) {
    return new Commits(store);
  }

  AutoCloseable onCommit(Runnable listener) {
    listeners.add(listener);
    AutoCloseable own = store.onCommit(listener);
    return () -> {
      listeners.remove(listener);
      own.close();
    };
  }

  /** Hears of this node's commits alone. */
  void onOwn(Runnable listener) {
    store.onCommit(listener);
  }

  /** Another node has committed. */
  void heard() {
    listeners.forEach(Runnable::run);
  }
}
