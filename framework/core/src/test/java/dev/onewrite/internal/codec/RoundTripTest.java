package dev.onewrite.internal.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.StoredState;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import org.junit.jupiter.api.Test;

/** Every stored shape, thousands of times: encode, decode, equal. */
final class RoundTripTest {

  private static final int CASES = 2_000;

  private final PayloadCodec payloads = Samples.codec(Text.class, Line.class);

  @Test
  void batch_encodedAndDecoded_isEqual() {
    BatchCodec batches = new BatchCodec(payloads);
    for (long seed = 0; seed < CASES; seed++) {
      Arbitrary arbitrary = new Arbitrary(seed, payloads);
      Batch batch = arbitrary.batch();
      long number = arbitrary.number();

      byte[] bytes = batches.encode(Samples.ENTITY, number, batch);
      Batch decoded = batches.decode(row(number, bytes));

      assertEquals(batch, decoded, "seed " + seed);
      assertArrayEquals(bytes, batches.encode(Samples.ENTITY, number, decoded), "seed " + seed);
    }
  }

  @Test
  void state_encodedAndDecoded_isEqual() {
    StateCodec states = new StateCodec(payloads);
    for (long seed = 0; seed < CASES; seed++) {
      StoredState state = new Arbitrary(seed, payloads).state();

      byte[] bytes = states.encode(Samples.ENTITY, state);
      StoredState decoded =
          states.decode(
              new SnapshotRow(Samples.ENTITY, state.turns(), StateCodec.MANIFEST, bytes, 0));

      assertEquals(state, decoded, "seed " + seed);
      assertArrayEquals(bytes, states.encode(Samples.ENTITY, decoded), "seed " + seed);
    }
  }

  private static JournalRow row(long number, byte[] bytes) {
    return new JournalRow(Samples.ENTITY, number, "w", BatchCodec.MANIFEST, bytes, 0);
  }
}
