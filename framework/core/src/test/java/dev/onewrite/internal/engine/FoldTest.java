package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.FORM_ID;
import static dev.onewrite.internal.engine.Forms.codec;
import static dev.onewrite.internal.engine.Forms.newForm;
import static dev.onewrite.internal.engine.Forms.newTally;
import static dev.onewrite.internal.engine.Forms.open;
import static dev.onewrite.internal.engine.Forms.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.internal.engine.Forms.Draft;
import dev.onewrite.internal.engine.Forms.FormEvent;
import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.internal.engine.Forms.Phase;
import dev.onewrite.internal.engine.Forms.Reset;
import dev.onewrite.internal.engine.Forms.SaveStarted;
import dev.onewrite.internal.engine.Forms.SaveSucceeded;
import dev.onewrite.internal.engine.Forms.Tally;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.StoredState;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What runs and what was recovered are the same fold, through the stored bytes. */
final class FoldTest {

  private static final String ID = FORM_ID.persistenceId();

  private final BatchCodec batches = new BatchCodec(codec());
  private final StateCodec states = new StateCodec(codec());

  private static Batch turn(EntityState<Phase, Draft, FormEvent> state, Random random, int step) {
    Cause cause =
        random.nextBoolean()
            ? request("r" + step)
            : Forms.delivery(step, step, Math.max(0, step - random.nextInt(6) - 1));
    var turn = open(state, cause);
    for (int i = random.nextInt(3); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> turn.machine().send(new SaveStarted(random.nextBoolean() ? "" : "d" + step));
        case 1 -> turn.machine().send(new SaveSucceeded(new Address("audit", "all")));
        case 2 -> turn.machine().send(new Reset());
        default -> turn.emit(new Note("n" + step));
      }
    }
    if (random.nextBoolean()) {
      turn.reply(new Note("reply " + step));
    }
    return turn.close();
  }

  private Batch stored(Batch batch, long number) {
    byte[] bytes = batches.encode(ID, number, batch);
    return batches.decode(new JournalRow(ID, number, "w", BatchCodec.MANIFEST, bytes, 0));
  }

  private StoredState stored(StoredState state) {
    byte[] bytes = states.encode(ID, state);
    return states.decode(new SnapshotRow(ID, state.turns(), StateCodec.MANIFEST, bytes, 0));
  }

  @Test
  void randomTurns_foldedLiveOrFromTheJournalOrASnapshot_areEqual() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      EntityState<Phase, Draft, FormEvent> live = newForm();
      List<Batch> journal = new ArrayList<>();
      int snapshotAt = 1 + random.nextInt(20);
      EntityState<Phase, Draft, FormEvent> restored = newForm();
      for (int step = 1; step <= 20; step++) {
        Batch batch = turn(live, random, step);
        live.apply(batch);
        journal.add(stored(batch, step));
        if (step == snapshotAt) {
          restored.restore(stored(live.stored()));
        } else if (step > snapshotAt) {
          restored.apply(journal.get(step - 1));
        }
      }
      EntityState<Phase, Draft, FormEvent> recovered = newForm();
      journal.forEach(recovered::apply);

      assertSame(live, recovered, "recovered, seed " + seed);
      assertSame(live, restored, "restored, seed " + seed);
    }
  }

  private static void assertSame(
      EntityState<Phase, Draft, FormEvent> expected,
      EntityState<Phase, Draft, FormEvent> actual,
      String which) {
    assertEquals(expected.stored(), actual.stored(), which);
    assertEquals(expected.turns(), actual.turns(), which);
    assertEquals(expected.machine(), actual.machine(), which);
    assertEquals(expected.context(), actual.context(), which);
  }

  @Test
  void snapshot_taken_doesNotChangeWithTheStateAfterwards() {
    EntityState<Phase, Draft, FormEvent> state = newForm();
    state.apply(open(state, Forms.delivery(1, 1, 0)).close());
    StoredState stored = state.stored();
    StoredState copy = stored(stored);

    state.apply(open(state, Forms.delivery(2, 2, 1)).close());

    assertEquals(copy, stored);
  }

  @Test
  void cause_folded_isKnownAsHandledBefore() {
    EntityState<String, Tally, Object> state = newTally();
    Cause request = request("r");
    Cause delivery = Forms.delivery(1, 1, 0);
    assertFalse(state.handledBefore(request) || state.handledBefore(delivery));

    state.apply(open(state, request).close());
    state.apply(open(state, delivery).close());

    assertTrue(state.handledBefore(request) && state.handledBefore(delivery));
    assertFalse(state.handledBefore(request("r2")));
  }

  @Test
  void fewerRequestsRetainedThanStored_restored_keepsTheNewest() {
    EntityState<String, Tally, Object> many = newTally();
    for (int i = 1; i <= 3; i++) {
      many.apply(open(many, request("r" + i)).close());
    }
    var few = new EntityState<>(Forms.TALLY_ID, Forms.TALLY, codec(), 1);

    few.restore(many.stored());

    assertTrue(few.requests().handled("r3"));
    assertFalse(few.requests().handled("r2"));
  }
}
