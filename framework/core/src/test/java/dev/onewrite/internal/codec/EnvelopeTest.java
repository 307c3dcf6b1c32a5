package dev.onewrite.internal.codec;

import static dev.onewrite.internal.codec.Coded.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.component.BrokenException;
import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.journal.Batch;
import dev.onewrite.spi.JournalRow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a row sends on is read without the types of its entity. */
final class EnvelopeTest {

  private static final int CASES = 2_000;

  private final PayloadCodec payloads = Samples.codec(Text.class, Line.class);

  private static JournalRow row(long number, String manifest, byte[] bytes) {
    return new JournalRow(Samples.ENTITY, number, "w", manifest, bytes, 0);
  }

  private static JournalRow row(long number, byte[] bytes) {
    return row(number, BatchCodec.MANIFEST, bytes);
  }

  private static Envelope partsOf(Batch batch) {
    return new Envelope(
        batch.cause(),
        batch.outgoings(),
        batch.timers(),
        batch.cancelled(),
        batch.refusal() != null);
  }

  @Test
  void envelope_ofAnyBatch_hasThePartsThatDecodingGives() {
    BatchCodec batches = new BatchCodec(payloads);
    for (long seed = 0; seed < CASES; seed++) {
      Arbitrary arbitrary = new Arbitrary(seed, payloads);
      Batch batch = arbitrary.batch();
      long number = arbitrary.number();
      JournalRow row = row(number, batches.encode(Samples.ENTITY, number, batch));

      Envelope envelope = BatchCodec.envelope(row);

      assertEquals(partsOf(batches.decode(row)), envelope, "seed " + seed);
    }
  }

  @Test
  void envelope_ofAMachineWhoseTypesAreUnknown_isReadWhereDecodingIsNot() {
    Batch batch = GoldenValues.batch(payloads);
    JournalRow row = row(1, new BatchCodec(payloads).encode(Samples.ENTITY, 1, batch));
    BatchCodec stranger = new BatchCodec(Samples.codec());

    Envelope envelope = BatchCodec.envelope(row);

    assertEquals(partsOf(batch), envelope);
    assertCode("OW202", BrokenException.class, () -> stranger.decode(row));
  }

  @Test
  void envelope_ofADamagedRow_isBroken() {
    byte[] whole = new BatchCodec(payloads).encode(Samples.ENTITY, 1, GoldenValues.batch(payloads));

    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      byte[] cut = Arrays.copyOf(whole, i);
      assertCode("OW201", BrokenException.class, () -> BatchCodec.envelope(row(1, flipped)));
      assertCode("OW201", BrokenException.class, () -> BatchCodec.envelope(row(1, cut)));
    }
    assertCode("OW201", BrokenException.class, () -> BatchCodec.envelope(row(2, whole)));
    assertCode("OW205", BrokenException.class, () -> BatchCodec.envelope(row(1, "batch/2", whole)));
  }

  @Test
  void skip_overNestedValues_endsBehindThem() {
    CborOut out = new CborOut();
    out.array(3).array(2).text("a").array(1).number(1).end().end().nothing().number(7).end();

    try (CborIn in = new CborIn(out.bytes(), 0)) {
      assertEquals(7, in.array().skip().skip().number());
      assertThrows(IllegalStateException.class, in::skip);
    }
  }
}
