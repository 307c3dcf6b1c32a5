package dev.onewrite.rig;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.inspect.Verification;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.rig.Step.Layer;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.spi.TailRow;
import dev.onewrite.store.postgres.PostgresStoreProvider;
import dev.onewrite.store.sqlite.SqliteStoreProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * After the faults: one healthy node finishes what is left, but for what waits behind poison; that
 * is mended and redriven; then the store is compared and checked.
 */
final class Comparison {

  /** 60 s without a new row: what has not come will not come. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int PAGE = 2_000;
  private static final int SEQUENCES_MAX = 10_000;
  private static final int ASKED_AT_ONCE = 32;
  private static final List<String> GROUPS =
      List.of("front", "middle", "back", "|activities/middle", "|activities/back");

  private final Stage stage;
  private final Ledger ledger;
  private final Expectation expectation;
  private final Healthy healthy;
  private final Parts parts;
  private Position read = Position.START;

  Comparison(Stage stage, Expectation expectation, Map<Integer, Long> resentAt) {
    this.stage = stage;
    this.expectation = expectation;
    this.ledger = new Ledger(expectation, resentAt);
    this.healthy = new Healthy(stage.folder());
    this.parts = new Parts(healthy);
  }

  /** All that is wrong. */
  List<String> wrongs() {
    StoreProvider provider =
        stage instanceof Stage.Sqlite ? new SqliteStoreProvider() : new PostgresStoreProvider();
    Shown shown = new Shown(provider);
    List<String> wrongs = new ArrayList<>();
    try (Onewrite onewrite = builder().store(shown).durability(shown.name()).start()) {
      readUntil(
          shown.store(),
          () ->
              ledger.done() >= expectation.doneBeforeTheMend()
                  && waiting(onewrite).equals(expectation.parked()));
      if (ledger.done() != expectation.doneBeforeTheMend()) {
        wrongs.add(
            "done before the mend: %d instead of %d"
                .formatted(ledger.done(), expectation.doneBeforeTheMend()));
      }
      Set<Object> waiting = waiting(onewrite);
      for (Sequence parked : expectation.parked()) {
        if (!waiting.remove(parked)) {
          wrongs.add("not parked: " + parked);
        }
      }
      waiting.forEach(other -> wrongs.add("waits, and should not: " + other));
      wrongs.addAll(verified("while poison is parked"));

      healthy.mend();
      expectation.parked().forEach(onewrite.outbox()::redrive);
      readUntil(
          shown.store(), () -> ledger.done() >= expectation.done() && waiting(onewrite).isEmpty());
      wrongs.addAll(ledger.wrongs());
      wrongs.addAll(states(onewrite));
    }
    wrongs.addAll(verified("in the end"));
    return wrongs;
  }

  private Onewrite.Builder builder() {
    Onewrite.Builder builder = Onewrite.builder().config(ConfigFactory.parseString(stage.last()));
    parts.all().forEach(builder::component);
    return builder;
  }

  /** What waits apart: sequences of two parked messages, or, with a word, any others. */
  private static Set<Object> waiting(Onewrite onewrite) {
    Set<Object> waiting = new HashSet<>();
    for (Backlog backlog : onewrite.outbox().parked(SEQUENCES_MAX)) {
      boolean asExpected = backlog.parked() == 2 && backlog.deferred() == 0;
      waiting.add(asExpected ? backlog.sequence() : backlog);
    }
    waiting.addAll(onewrite.outbox().deferred(SEQUENCES_MAX));
    return waiting;
  }

  /** What {@code verify} finds, with the components' subscriptions known. */
  private List<String> verified(String when) {
    try (Inspection inspection = builder().inspect()) {
      Verification verification = inspection.verify();
      return verification.findings().stream()
          .map(found -> "verify " + when + ": " + found)
          .toList();
    }
  }

  int done() {
    return ledger.done();
  }

  int refused() {
    return ledger.refused();
  }

  int ambiguous() {
    return ledger.ambiguous();
  }

  /** Until that is so and all offsets are past it, or nothing has come for long. */
  private void readUntil(Store store, BooleanSupplier condition) {
    long quietSince = System.nanoTime();
    while (System.nanoTime() - quietSince < QUIET_NANOS) {
      List<TailRow> rows = store.tail().read(read, SliceRange.ALL, PAGE);
      rows.forEach(ledger::add);
      if (!rows.isEmpty()) {
        read = rows.get(rows.size() - 1).position();
        quietSince = System.nanoTime();
      } else if (condition.getAsBoolean() && floorsAt(store, read)) {
        return;
      } else {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private static boolean floorsAt(Store store, Position end) {
    return GROUPS.stream().noneMatch(group -> end.isAfter(store.offsets().floor(group)));
  }

  /** Each entity's state is the fold of what was done there. */
  private List<String> states(Onewrite onewrite) {
    List<String> wrongs = new ArrayList<>();
    List<Map.Entry<String, Parts.Tally>> all = new ArrayList<>(ledger.tallies().entrySet());
    for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
      List<Map.Entry<String, Parts.Tally>> page =
          all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE));
      List<CompletableFuture<Parts.Tally>> asked =
          page.stream().map(entry -> tally(onewrite, entry.getKey())).toList();
      for (int i = 0; i < page.size(); i++) {
        Parts.Tally found = asked.get(i).join();
        if (!found.equals(page.get(i).getValue())) {
          wrongs.add(
              page.get(i).getKey() + " is " + found + ", its journal " + page.get(i).getValue());
        }
      }
    }
    return wrongs;
  }

  private CompletableFuture<Parts.Tally> tally(Onewrite onewrite, String entity) {
    Address address = Address.ofPersistenceId(entity);
    Layer layer = Layer.valueOf(address.component().toUpperCase(java.util.Locale.ROOT));
    return onewrite
        .ref(parts.of(layer), address.entityId())
        .ask(new Parts.Ask(), Parts.Tally.class)
        .toCompletableFuture();
  }
}
