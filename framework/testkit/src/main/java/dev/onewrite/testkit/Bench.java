package dev.onewrite.testkit;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.TailRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A node without an actor system: the real engine, codec and store in memory, in the caller's
 * thread, with a time of its own.
 */
final class Bench {

  /** As {@code onewrite.payload-bytes-max} by default. */
  private static final int PAYLOAD_BYTES_MAX = 128 * 1024;

  /** When a test begins, if it does not say. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, Component<?>> components = new LinkedHashMap<>();
  private final Map<Address, TestEntity<?, ?, ?>> entities = new LinkedHashMap<>();
  private final PayloadCodec payloads;
  private final BatchCodec batches;
  private final StateCodec states;
  private final Disk disk;
  private final Predicate<String> known;
  private final Taken taken;
  private boolean quick;

  /** What outlives the process. */
  static final class Disk {

    private final Store store;
    private Instant now = START;
    private Instant began = START;

    /** What dies at a fault point throws an error out of it. */
    Disk(Consumer<FaultPoint> passing) {
      store = new MemoryStoreProvider().open(ConfigFactory.empty(), passing::accept);
    }

    /** Everything that was committed after {@code after}. */
    List<TailRow> committed(Position after) {
      List<TailRow> all = new ArrayList<>();
      Position last = after;
      List<TailRow> page = store.tail().read(last, SliceRange.ALL, Integer.MAX_VALUE);
      while (!page.isEmpty()) {
        all.addAll(page);
        last = page.get(page.size() - 1).position();
        page = store.tail().read(last, SliceRange.ALL, Integer.MAX_VALUE);
      }
      return all;
    }

    Store store() {
      return store;
    }

    Instant now() {
      return now;
    }

    /** Says when the test begins. */
    void begin(Instant at) {
      began = at;
      now = at;
    }

    void passTo(Instant later) {
      now = later;
    }

    Duration elapsed() {
      return Duration.between(began, now);
    }
  }

  Bench(Collection<Component<?>> all, Disk disk, Predicate<String> known, Taken taken) {
    Types types = new Types();
    for (Component<?> component : all) {
      if (components.put(component.name(), component) != null) {
        throw Misuse.of("two components are called \"" + component.name() + "\"");
      }
      types.register(component);
    }
    this.payloads = new PayloadCodec(types, PAYLOAD_BYTES_MAX);
    this.batches = new BatchCodec(payloads);
    this.states = new StateCodec(payloads);
    this.disk = disk;
    this.known = known;
    this.taken = taken;
  }

  /** Leaves out what one run has checked already: that each snapshot comes back as it was. */
  Bench quick() {
    quick = true;
    return this;
  }

  boolean isQuick() {
    return quick;
  }

  Collection<Component<?>> components() {
    return components.values();
  }

  PayloadCodec payloads() {
    return payloads;
  }

  BatchCodec batches() {
    return batches;
  }

  StateCodec states() {
    return states;
  }

  Disk disk() {
    return disk;
  }

  Taken taken() {
    return taken;
  }

  boolean hasComponent(String name) {
    return known.test(name);
  }

  /** The entity, read from the store with the first call. */
  TestEntity<?, ?, ?> entity(Address address) {
    TestEntity<?, ?, ?> there = entities.get(address);
    if (there == null) {
      Component<?> component = components.get(address.component());
      if (component == null) {
        throw Misuse.of(
            "there is no component \""
                + address.component()
                + "\" here, only "
                + components.keySet());
      }
      there = new TestEntity<>(address, component.definition(), this);
      entities.put(address, there);
    }
    return there;
  }

  /** Those that were asked for, in that order. */
  List<TestEntity<?, ?, ?>> entities() {
    return List.copyOf(entities.values());
  }
}
