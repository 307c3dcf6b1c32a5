package dev.onewrite.internal.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rows that the first release wrote are read by every later one, to the same values and bytes. */
final class GoldenFileTest {

  private final PayloadCodec payloads = Samples.codec(Text.class, Line.class);

  @Test
  void batchOfFormatOne_read_isWhatWasWritten() throws IOException {
    byte[] golden = hex("batch-1.hex");
    BatchCodec batches = new BatchCodec(payloads);
    JournalRow row =
        new JournalRow(
            Samples.ENTITY, GoldenValues.SEQUENCE_NUMBER, "w", BatchCodec.MANIFEST, golden, 0);

    assertEquals(GoldenValues.batch(payloads), batches.decode(row));
    assertArrayEquals(
        golden,
        batches.encode(Samples.ENTITY, GoldenValues.SEQUENCE_NUMBER, GoldenValues.batch(payloads)));
  }

  @Test
  void stateOfFormatOne_read_isWhatWasWritten() throws IOException {
    byte[] golden = hex("state-1.hex");
    StateCodec states = new StateCodec(payloads);
    SnapshotRow row =
        new SnapshotRow(
            Samples.ENTITY, GoldenValues.SEQUENCE_NUMBER, StateCodec.MANIFEST, golden, 0);

    assertEquals(GoldenValues.state(payloads), states.decode(row));
    assertArrayEquals(golden, states.encode(Samples.ENTITY, GoldenValues.state(payloads)));
  }

  /** Lines that begin with # describe; the rest is hex. */
  private static byte[] hex(String file) throws IOException {
    try (InputStream in = GoldenFileTest.class.getResourceAsStream("/golden/" + file)) {
      assertNotNull(in, file);
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of()
          .parseHex(
              text.lines()
                  .filter(line -> !line.startsWith("#"))
                  .map(String::strip)
                  .collect(Collectors.joining()));
    }
  }
}
