package dev.onewrite.projection;

import com.typesafe.config.Config;
import dev.onewrite.component.RetryableException;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Journal;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One store in memory for the nodes of one JVM, as a database is for those of a cluster: what a
 * node commits is there for all, and only that node hears of it.
 */
final class SharedStore implements StoreProvider {

  private volatile boolean away;
  private final Store store = new MemoryStoreProvider().open(null, Faults.NONE);

  @Override
  public String name() {
    return "shared";
  }

  @Override
  public Store open(Config config, Faults faults) {
    return new View(store).proxy();
  }

  /** Reads fail from now on, or no longer. */
  void away(boolean now) {
    away = now;
  }

  /** The store as one node sees it. */
  private final class View {
    private final Store store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    View(Store store) {
      this.store = store;
    }

    Store proxy() {
      return (Store)
          Proxy.newProxyInstance(
              Store.class.getClassLoader(),
              new Class<?>[] {Store.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "shared" -> true;
                    case "close" -> null;
                    case "tail" -> {
                      if (away) {
                        throw new RetryableException("OW310", "The test took the store away.");
                      }
                      yield store.tail();
                    }
                    case "journal" -> new Telling(store.journal(), listeners);
                    case "onCommit" -> {
                      Runnable listener = (Runnable) arguments[0];
                      listeners.add(listener);
                      yield (AutoCloseable) () -> listeners.remove(listener);
                    }
                    default -> method.invoke(store, arguments);
                  });
    }
  }

  private record Telling(Journal journal, List<Runnable> listeners) implements Journal {
    @Override
    public CompletionStage<Void> append(List<JournalRow> rows) {
      return journal.append(rows).thenAccept(done -> listeners.forEach(Runnable::run));
    }

    @Override
    public long highestSequenceNumber(String persistenceId) {
      return journal.highestSequenceNumber(persistenceId);
    }

    @Override
    public void replay(
        String persistenceId, long from, long to, long max, Consumer<JournalRow> reader) {
      journal.replay(persistenceId, from, to, max, reader);
    }
  }
}
