package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.Address;
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
}
