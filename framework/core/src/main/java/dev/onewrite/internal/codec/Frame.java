package dev.onewrite.internal.codec;

import dev.onewrite.component.BrokenException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The checksum in front of what a store keeps.
 *
 * <pre>
 *   ┌───────────────┬──────────────────┐
 *   │ CRC32C, 4 B   │ CBOR             │
 *   └───────────────┴──────────────────┘
 *   the checksum covers persistence id, sequence number, manifest and the CBOR,
 *   so that a row in the wrong place is damaged too
 * </pre>
 */
final class Frame {

  static final int HEADER = Integer.BYTES;

  private Frame() {}

  static byte[] seal(Place place, byte[] body) {
    ByteBuffer framed = ByteBuffer.allocate(HEADER + body.length);
    framed.putInt(checksum(place, body, 0));
    framed.put(body);
    return framed.array();
  }

  /**
   * Checks a framed payload; its body begins at {@link #HEADER}.
   *
   * @throws BrokenException OW205 if the format is not known here, OW201 if the checksum is another
   */
  static void check(Place place, String manifestExpected, byte[] framed) {
    if (!place.manifest().equals(manifestExpected)) {
      throw new BrokenException(
          "OW205",
          place
              + " is stored as \""
              + place.manifest()
              + "\"; this release reads \""
              + manifestExpected
              + "\". Run the release that wrote it, or a later one.");
    }
    boolean whole =
        framed.length > HEADER
            && ByteBuffer.wrap(framed).getInt() == checksum(place, framed, HEADER);
    if (!whole) {
      throw new BrokenException(
          "OW201",
          place
              + " is damaged: its checksum does not fit its bytes. The entity refuses to run on"
              + " it; others are not touched. Restore the row from a backup.");
    }
  }

  private static int checksum(Place place, byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(place.persistenceId().getBytes(StandardCharsets.UTF_8));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, place.sequenceNumber()));
    crc.update(place.manifest().getBytes(StandardCharsets.UTF_8));
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }

  /** Where a stored thing stands. */
  record Place(String persistenceId, long sequenceNumber, String manifest) {
    @Override
    public String toString() {
      return "Row " + sequenceNumber + " of " + persistenceId;
    }
  }
}
