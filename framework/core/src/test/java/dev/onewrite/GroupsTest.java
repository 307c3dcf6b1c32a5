package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.component.Address;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.TailRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a row goes to which component, and to which of its entities. */
final class GroupsTest {

  private static final Position AT = Position.of(0, 9);
  private static final Position STABLE = Position.of(0, 4);

  sealed interface Told {}

  record Tell(String receiver) implements Told {}

  record None() {}

  record Spread(List<String> to) {}

  record Unheard(int value) {}

  private static final Component<Told> SENDER =
      Component.define("sender", Told.class)
          .context(None::new)
          .on(
              Tell.class,
              (turn, tell) -> {
                turn.emit(new Unheard(1));
                turn.emit(new Spread(List.of("a", "b", "a")));
                turn.send(new Address("listener", tell.receiver()), new Tell("x"));
                turn.send(turn.self(), new Tell("y"));
                turn.emit(new Spread(List.of("c")));
                turn.emit(new Spread(List.of()));
              })
          .build();

  private static final Component<Told> LISTENER =
      Component.define("listener", Told.class)
          .context(None::new)
          .on(Tell.class, (turn, tell) -> {})
          .subscribeAll(Spread.class, Spread::to, (turn, spread) -> {})
          .build();

  private final TestStore store = new TestStore();
  private final Onewrite node = Counters.node(store, SENDER).component(LISTENER).start();

  @AfterEach
  void close() {
    node.close();
  }

  private Group group(String name) {
    return TestForwarderProvider.setup(store).groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private TailRow row(String receiver) {
    Await.value(node.ref(SENDER, "s").tell(new Tell(receiver)));
    List<JournalRow> rows = store.rows("sender|s");
    return new TailRow(AT, rows.get(rows.size() - 1));
  }

  @Test
  void row_forAListener_isWhatItSubscribesToAndWhatWasSentToItInOrder() {
    List<Delivery> deliveries = group("listener").deliveries(row("direct"));

    assertEquals(
        List.of("listener|a", "listener|b", "listener|direct", "listener|c"),
        deliveries.stream().map(d -> d.receiver().persistenceId()).toList());
    assertEquals(
        List.of(true, true, false, true),
        deliveries.stream().map(d -> d.outgoing() instanceof Outgoing.Emitted).toList());
    assertEquals(List.of(1, 1, 2, 4), deliveries.stream().map(d -> d.cause().index()).toList());
    assertEquals(3, deliveries.stream().map(d -> d.cause().id()).distinct().count());
    for (Delivery delivery : deliveries) {
      assertEquals(new Address("sender", "s"), delivery.cause().sender());
      assertEquals(AT, delivery.cause().position());
      assertEquals(Position.START, delivery.cause().stable());
    }
  }

  @Test
  void row_forItsOwnComponent_isWhatWasSentToIt() {
    List<Delivery> deliveries = group("sender").deliveries(row("direct"));

    assertEquals(
        List.of("sender|s"), deliveries.stream().map(d -> d.receiver().persistenceId()).toList());
  }

  @Test
  void row_askedForTwice_givesTheSameDeliveries() {
    TailRow row = row("direct");

    assertEquals(group("listener").deliveries(row), group("listener").deliveries(row));
  }

  @Test
  void row_damaged_isBroken() {
    TailRow row = row("direct");
    byte[] payload = row.row().payload().clone();
    payload[payload.length / 2] ^= 1;
    JournalRow damaged = new JournalRow("sender|s", 1, "w", row.row().manifest(), payload, 0);

    BrokenException e =
        assertThrows(
            BrokenException.class, () -> group("listener").deliveries(new TailRow(AT, damaged)));

    assertEquals("OW201", e.code());
  }

  /** Anything else would end the group's stream, and every other sender would wait. */
  @Test
  void receivers_thatCannotBeTold_areAnOnewriteException() {
    assertUndeliverable("OW101", new Spread(List.of("x".repeat(201))));
    assertUndeliverable("OW106", new Spread(NOBODY));
    assertUndeliverable("OW106", new Spread(Arrays.asList("a", null)));
  }

  @SuppressWarnings("NullAway")
  private static final List<String> NOBODY = null;

  private void assertUndeliverable(String code, Spread spread) {
    Component<Told> shouting =
        Component.define("shouting", Told.class)
            .context(None::new)
            .on(Tell.class, (turn, tell) -> turn.emit(spread))
            .build();
    TestStore other = new TestStore();
    try (Onewrite shoutingNode = Counters.node(other, shouting).component(LISTENER).start()) {
      Await.value(shoutingNode.ref(shouting, "s").tell(new Tell("x")));
      TailRow row = new TailRow(AT, other.rows("shouting|s").get(0));
      Group listener = TestForwarderProvider.setup(other).groups().get(1);

      OnewriteException e = assertThrows(OnewriteException.class, () -> listener.deliveries(row));

      assertEquals(code, e.code());
    }
  }

  @Test
  void history_ofAnEntity_isItsBatchesInOrder() {
    IntStream.range(0, 3).forEach(i -> row("r" + i));

    assertEquals(3, node.history(new Address("sender", "s")).size());
    assertEquals(0, node.history(new Address("sender", "nobody")).size());
  }
}
