package dev.onewrite.rig;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.rig.Step.Layer;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.spi.TailRow;
import dev.onewrite.store.postgres.PostgresStoreProvider;
import dev.onewrite.store.sqlite.SqliteStoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** After the faults: one healthy node finishes what is left; then its store is compared. */
final class Comparison {

  /** 60 s without a new row: what has not come will not come. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int PAGE = 2_000;
  private static final int ASKED_AT_ONCE = 32;
  private static final List<String> GROUPS =
      List.of("front", "middle", "back", "|activities/middle", "|activities/back");

  private final Stage stage;
  private final Ledger ledger;
  private final Expectation expectation;
  private Position read = Position.START;

  Comparison(Stage stage, Expectation expectation, Map<Integer, Long> resentAt) {
    this.stage = stage;
    this.expectation = expectation;
    this.ledger = new Ledger(expectation, resentAt);
  }

  /** All that is wrong. */
  List<String> wrongs() {
    StoreProvider provider =
        stage instanceof Stage.Sqlite ? new SqliteStoreProvider() : new PostgresStoreProvider();
    Shown shown = new Shown(provider);
    Parts parts = new Parts(new Healthy(stage.folder()));
    Onewrite.Builder builder =
        Onewrite.builder()
            .config(ConfigFactory.parseString(stage.last()))
            .store(shown)
            .durability(shown.name());
    parts.all().forEach(builder::component);
    try (Onewrite onewrite = builder.start()) {
      readUntilSettled(shown.store());
      List<String> wrongs = ledger.wrongs();
      wrongs.addAll(states(onewrite, parts));
      return wrongs;
    }
  }

  int rows() {
    return ledger.done();
  }

  int ambiguous() {
    return ledger.ambiguous();
  }

  /** Until all is done and all offsets are past it, or nothing has come for long. */
  private void readUntilSettled(Store store) {
    long quietSince = System.nanoTime();
    while (System.nanoTime() - quietSince < QUIET_NANOS) {
      List<TailRow> rows = store.tail().read(read, SliceRange.ALL, PAGE);
      rows.forEach(ledger::add);
      if (!rows.isEmpty()) {
        read = rows.get(rows.size() - 1).position();
        quietSince = System.nanoTime();
      } else if (ledger.done() >= expectation.done() && floorsAt(store, read)) {
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
  private List<String> states(Onewrite onewrite, Parts parts) {
    List<String> wrongs = new ArrayList<>();
    List<Map.Entry<String, Parts.Tally>> all = new ArrayList<>(ledger.tallies().entrySet());
    for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
      List<Map.Entry<String, Parts.Tally>> page =
          all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE));
      List<CompletableFuture<Parts.Tally>> asked =
          page.stream().map(entry -> tally(onewrite, parts, entry.getKey())).toList();
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

  private static CompletableFuture<Parts.Tally> tally(
      Onewrite onewrite, Parts parts, String entity) {
    Address address = Address.ofPersistenceId(entity);
    Layer layer = Layer.valueOf(address.component().toUpperCase(java.util.Locale.ROOT));
    return onewrite
        .ref(parts.of(layer), address.entityId())
        .ask(new Parts.Ask(), Parts.Tally.class)
        .toCompletableFuture();
  }
}
