package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Placed.Wish;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Stable;
import dev.onewrite.spi.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a store decides by itself, in its queries, is what {@link dev.onewrite.spi.Rules} decides:
 * the same changes come to the same in the store in memory, which asks the rules for each.
 */
abstract class RuledContract extends SetAsideContract {

  private static final int CHANGES = 600;
  private static final int POSITIONS = 8;
  private static final List<Sequence> SEQUENCES = List.of(SEQUENCE, OTHER_RECEIVER, OTHER_SENDER);
  private static final List<Wish> WISHES = List.of(Wish.values());
  private static final List<State> ENDS = List.of(State.DONE, State.PARKED, State.DEFERRED);

  @Test
  void setAside_underRandomChanges_isByTheRules() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Store ruled = new MemoryStoreProvider().open(ConfigFactory.empty(), Faults.NONE);
    List<SetAsideRow> attempted = new ArrayList<>();

    for (int i = 0; i < CHANGES; i++) {
      String when = "change " + i + " of seed " + seed;
      if (random.nextInt(20) == 0) {
        long position = 1 + (long) POSITIONS * i / CHANGES;
        assertEquals(
            ruled.offsets().save("audit", SliceRange.ALL, at(position)),
            store.offsets().save("audit", SliceRange.ALL, at(position)),
            when);
      } else {
        long change = random.nextLong();
        Object expected = change(ruled.setAside(), new Random(change), attempted);
        assertEquals(expected, change(store.setAside(), new Random(change), attempted), when);
        if (expected instanceof Optional<?> next && next.orElse(null) instanceof SetAsideRow row) {
          attempted.add(row);
        }
      }
      assertSame(ruled.setAside(), when);
    }
    ruled.close();
  }

  /** Makes one change of chance; what it came to. */
  private static Object change(SetAside rows, Random random, List<SetAsideRow> attempted) {
    Sequence sequence = SEQUENCES.get(random.nextInt(SEQUENCES.size()));
    SetAsideRow message = out(sequence, 1 + random.nextInt(POSITIONS), random.nextInt(2));
    SetAsideRow failed = message.after(Attempts.NONE.failed(NOTE));
    switch (random.nextInt(12)) {
      case 0 -> rows.note(failed);
      case 1 -> rows.forget(message.key());
      case 2 -> {
        return rows.clean("audit");
      }
      case 3 -> {
        return rows.redrive(sequence);
      }
      case 4 -> {
        return rows.discard(message.key(), DISCARD);
      }
      case 5, 6 -> {
        return rows.next(sequence);
      }
      case 7, 8 -> {
        if (!attempted.isEmpty()) {
          SetAsideRow row = attempted.get(attempted.size() - 1 - last(random, attempted.size()));
          return rows.advance(row.in(ENDS.get(random.nextInt(ENDS.size()))));
        }
      }
      default -> {
        return rows.place(failed, WISHES.get(random.nextInt(WISHES.size())));
      }
    }
    return "nothing";
  }

  /** One of the last few: an older one is seldom as it was. */
  private static int last(Random random, int size) {
    return random.nextInt(Math.min(4, size));
  }

  private void assertSame(SetAside ruled, String when) {
    SetAside asked = store.setAside();
    Stable expected = ruled.stable("audit");
    Stable stable = asked.stable("audit");
    for (Sequence sequence : SEQUENCES) {
      assertEquals(ruled.rows(sequence, 100), asked.rows(sequence, 100), when);
      assertEquals(expected.of(sequence.receiver()), stable.of(sequence.receiver()), when);
    }
    assertEquals(
        ruled.senders("audit", SliceRange.ALL, 9), asked.senders("audit", SliceRange.ALL, 9), when);
    assertEquals(
        ruled.deferred("audit", SliceRange.ALL, null, 9),
        asked.deferred("audit", SliceRange.ALL, null, 9),
        when);
    assertEquals(
        ruled.backlogs(Backlog.Filter.ANY, 9), asked.backlogs(Backlog.Filter.ANY, 9), when);
  }
}
