package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Placed.Wish;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Store;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class OutboxTest {

  private final Store store = new MemoryStoreProvider().open(ConfigFactory.empty(), Faults.NONE);
  private final Outbox outbox = new Outbox(store.setAside(), Clock.systemUTC());

  private SetAsideRow place(String sender, String receiver, Wish wish) {
    return place(sender, receiver, UUID.randomUUID(), wish);
  }

  private SetAsideRow place(String sender, String receiver, UUID id, Wish wish) {
    Sequence sequence =
        new Sequence("audit", new Address("form", sender), new Address("audit", receiver));
    Position origin = Position.of(0, 5);
    SetAsideRow row =
        new SetAsideRow(sequence, id, 5, origin, 0, origin, State.FAILING, Attempts.NONE, null);
    store.setAside().place(row, wish);
    return row.in(wish == Wish.PARK ? State.PARKED : State.DEFERRED);
  }

  @Test
  void parked_behindTenThousandDeferredSequences_isSeen() {
    for (int i = 0; i < 10_000; i++) {
      place("a" + i, "all", Wish.DEFER);
    }
    SetAsideRow parked = place("b", "all", Wish.PARK);

    assertEquals(List.of(new Backlog(parked.sequence(), parked, 1, 0)), outbox.parked(10));
  }

  @Test
  void behind_namesEachEntityThatWaitsForTheMessage() {
    UUID id = UUID.randomUUID();
    SetAsideRow atAll = place("a", "all", id, Wish.PARK);
    SetAsideRow atSome = place("a", "some", id, Wish.DEFER);
    place("b", "all", Wish.PARK);

    assertEquals(
        List.of(
            new Backlog(atAll.sequence(), atAll, 1, 0),
            new Backlog(atSome.sequence(), atSome, 0, 1)),
        outbox.behind(id));
    assertEquals(List.of(), outbox.behind(UUID.randomUUID()));
  }

  @Test
  void discard_withoutAReceiver_isForMessagesOfOne() {
    UUID event = UUID.randomUUID();
    place("a", "all", event, Wish.PARK);
    place("a", "some", event, Wish.PARK);
    SetAsideRow message = place("b", "all", Wish.PARK);

    assertEquals("OW162", refused(() -> outbox.discard(event, "kim", "a test")));
    assertEquals("OW160", refused(() -> outbox.discard(message.id(), " ", "a test")));
    outbox.discard(message.id(), "kim", "a test");
    assertEquals("OW161", refused(() -> outbox.discard(message.id(), "kim", "a test")));
    assertEquals("OW161", refused(() -> outbox.discard(UUID.randomUUID(), "kim", "a test")));
    assertEquals(State.DISCARDED, outbox.rows(message.id()).get(0).state());
    assertEquals(2, outbox.parked(10).size());
  }

  @Test
  void discard_whereTheMessageIsDecidedForTheOthers_isForTheOneLeft() {
    UUID event = UUID.randomUUID();
    place("a", "all", event, Wish.PARK);
    place("a", "some", event, Wish.PARK);
    outbox.discard(event, new Address("audit", "all"), "kim", "a test");

    outbox.discard(event, "kim", "a test");

    assertEquals(List.of(), outbox.parked(10));
    assertEquals("OW161", refused(() -> outbox.discard(event, "kim", "a test")));
  }

  private static String refused(Executable call) {
    return assertThrows(RefusedException.class, call).code();
  }
}
