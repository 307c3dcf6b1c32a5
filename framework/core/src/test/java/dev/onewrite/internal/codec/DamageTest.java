package dev.onewrite.internal.codec;

import static dev.onewrite.internal.codec.Coded.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.BrokenException;
import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A row that is not what was written is refused, never read as something else. */
final class DamageTest {

  private static final long NUMBER = GoldenValues.SEQUENCE_NUMBER;

  private final PayloadCodec payloads = Samples.codec(Text.class, Line.class);
  private final BatchCodec batches = new BatchCodec(payloads);
  private final StateCodec states = new StateCodec(payloads);
  private final byte[] batch = batches.encode(Samples.ENTITY, NUMBER, GoldenValues.batch(payloads));
  private final byte[] state = states.encode(Samples.ENTITY, GoldenValues.state(payloads));

  private static JournalRow row(String id, long number, String manifest, byte[] bytes) {
    return new JournalRow(id, number, "w", manifest, bytes, 0);
  }

  private static JournalRow row(byte[] bytes) {
    return row(Samples.ENTITY, NUMBER, BatchCodec.MANIFEST, bytes);
  }

  private static SnapshotRow snapshot(byte[] bytes) {
    return new SnapshotRow(Samples.ENTITY, NUMBER, StateCodec.MANIFEST, bytes, 0);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return copy;
  }

  @Test
  void batchRow_anyBitFlipped_isBroken() {
    for (int bit = 0; bit < batch.length * 8; bit++) {
      JournalRow damaged = row(flipped(batch, bit));

      assertCode("OW201", BrokenException.class, () -> batches.decode(damaged));
    }
  }

  @Test
  void stateRow_anyBitFlipped_isBroken() {
    for (int bit = 0; bit < state.length * 8; bit++) {
      SnapshotRow damaged = snapshot(flipped(state, bit));

      assertCode("OW201", BrokenException.class, () -> states.decode(damaged));
    }
  }

  @Test
  void rows_cutOffOrLonger_areBroken() {
    for (int length = 0; length < batch.length; length++) {
      JournalRow cut = row(Arrays.copyOf(batch, length));
      assertCode("OW201", BrokenException.class, () -> batches.decode(cut));
    }
    for (int length = 0; length < state.length; length++) {
      SnapshotRow cut = snapshot(Arrays.copyOf(state, length));
      assertCode("OW201", BrokenException.class, () -> states.decode(cut));
    }
    JournalRow longer = row(Arrays.copyOf(batch, batch.length + 1));
    assertCode("OW201", BrokenException.class, () -> batches.decode(longer));
  }

  @Test
  void row_inAnotherPlace_isBroken() {
    for (long number : new long[] {0, 6, 8, NUMBER + (1L << 32)}) {
      JournalRow moved = row(Samples.ENTITY, number, BatchCodec.MANIFEST, batch);
      assertCode("OW201", BrokenException.class, () -> batches.decode(moved));
    }
    JournalRow stranger = row("form|form-43", NUMBER, BatchCodec.MANIFEST, batch);
    assertCode("OW201", BrokenException.class, () -> batches.decode(stranger));
    SnapshotRow older = new SnapshotRow(Samples.ENTITY, 6, StateCodec.MANIFEST, state, 0);
    assertCode("OW201", BrokenException.class, () -> states.decode(older));
  }

  @Test
  void row_ofANewerFormat_isBrokenAndSaysBothFormats() {
    JournalRow newer = row(Samples.ENTITY, NUMBER, "batch/2", batch);
    SnapshotRow newerState = new SnapshotRow(Samples.ENTITY, NUMBER, "state/2", state, 0);

    BrokenException e = assertCode("OW205", BrokenException.class, () -> batches.decode(newer));
    assertCode("OW205", BrokenException.class, () -> states.decode(newerState));

    assertTrue(e.getMessage().contains("batch/2") && e.getMessage().contains("batch/1"));
  }

  @Test
  void row_anyBitOfItsManifestFlipped_isBroken() {
    byte[] manifest = BatchCodec.MANIFEST.getBytes(StandardCharsets.US_ASCII);
    for (int bit = 0; bit < manifest.length * 8; bit++) {
      String other = new String(flipped(manifest, bit), StandardCharsets.ISO_8859_1);
      JournalRow damaged = row(Samples.ENTITY, NUMBER, other, batch);

      assertCode("OW205", BrokenException.class, () -> batches.decode(damaged));
    }
  }

  @Test
  void row_wholeButOfAnUnregisteredType_isBroken() {
    BatchCodec knowsNothing = new BatchCodec(Samples.codec());

    assertCode("OW202", BrokenException.class, () -> knowsNothing.decode(row(batch)));
  }

  @Test
  void sealedBody_ofAnotherForm_isBroken() {
    Frame.Place place = new Frame.Place(Samples.ENTITY, NUMBER, BatchCodec.MANIFEST);
    byte[] body = Arrays.copyOfRange(batch, Frame.HEADER, batch.length);
    byte[] longer = Arrays.copyOf(body, body.length + 1);

    assertEquals(GoldenValues.batch(payloads), batches.decode(row(Frame.seal(place, body))));
    assertCode(
        "OW201", BrokenException.class, () -> batches.decode(row(Frame.seal(place, longer))));
    for (int at = 0; at < body.length; at++) {
      byte[] cut = Frame.seal(place, Arrays.copyOf(body, at));
      assertCode("OW201", BrokenException.class, () -> batches.decode(row(cut)));
    }
  }

  /** A checksum that fits says nothing of the writer: whatever is read then, nothing but codes. */
  @Test
  void sealedBody_anyBitFlipped_isAValueOrBrokenAndNothingElse() {
    Frame.Place place = new Frame.Place(Samples.ENTITY, NUMBER, BatchCodec.MANIFEST);
    byte[] body = Arrays.copyOfRange(batch, Frame.HEADER, batch.length);
    for (int bit = 0; bit < body.length * 8; bit++) {
      JournalRow row = row(Frame.seal(place, flipped(body, bit)));
      try {
        batches.decode(row);
      } catch (BrokenException e) {
        assertTrue(e.code().startsWith("OW20"), e.getMessage());
      }
    }
  }
}
