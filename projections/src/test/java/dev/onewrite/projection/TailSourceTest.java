package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.Incident;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.OutboxSettings;
import dev.onewrite.spi.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tail as a stream, and when it is not read on. */
final class TailSourceTest {

  private static final byte[] PAYLOAD = new byte[1 << 20];

  private final ActorSystem system = ActorSystem.create("tail");
  private final ExecutorService blocking = Executors.newSingleThreadExecutor();
  private final Store store = new MemoryStoreProvider().open(ConfigFactory.empty(), Faults.NONE);
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger given = new AtomicInteger();

  @AfterEach
  void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
    blocking.shutdownNow();
    store.close();
  }

  @Test
  void tail_whileAsMuchAsMayBeIsInMemory_isNotReadOn() {
    for (int i = 1; i <= 40; i++) {
      JournalRow row = new JournalRow("form|1", i, "w", "m", PAYLOAD, 0);
      store.journal().append(List.of(row)).toCompletableFuture().join();
    }
    UniqueKillSwitch running = run();
    Await.until("the first page is given", () -> given.get() == 4 && asked.get() > 20);

    assertEquals(4, given.get(), "the tail was read on");
    full.set(false);
    Await.until("all are given", () -> given.get() == 40);
    running.shutdown();
  }

  /** Full when the first row comes, until the test says otherwise. */
  private UniqueKillSwitch run() {
    TailReader reader =
        new TailReader(
            new Setup(store),
            SliceRange.ALL,
            blocking,
            () -> {
              asked.incrementAndGet();
              return full.get();
            });
    return Source.fromGraph(new TailSource(reader, Position.START))
        .filter(item -> item.row().isPresent())
        .map(
            item -> {
              full.compareAndSet(false, given.incrementAndGet() == 1);
              return item;
            })
        .viaMat(KillSwitches.single(), Keep.right())
        .to(Sink.ignore())
        .run(system);
  }

  /** What the tail takes of it. */
  private record Setup(Store store) implements ForwarderSetup {

    @Override
    public AutoCloseable onCommit(Runnable listener) {
      return store.onCommit(listener);
    }

    @Override
    public OutboxSettings settings() {
      return new OutboxSettings(
          Duration.ofMillis(100),
          1,
          1_024,
          new OutboxSettings.Redelivery(
              Duration.ofMillis(1), Duration.ofMillis(1), 1, 1, Duration.ofMillis(1)),
          1,
          Duration.ofMillis(1));
    }

    @Override
    public List<Group> groups() {
      return List.of();
    }

    @Override
    public Alarms alarms() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Consumer<Incident> incidents() {
      return incident -> {};
    }

    @Override
    public Faults faults() {
      return Faults.NONE;
    }

    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }
}
