package dev.onewrite.journal;

import java.util.Arrays;

/**
 * A message, event or context as bytes, under its logical name. It is decoded only where somebody
 * needs the value, and only into a registered type.
 *
 * <pre>
 *   Payload
 *   ├─ type       logical name, never a class name: "submit-form"
 *   ├─ version    1..n; upcasters lead from an older one to the newest
 *   └─ bytes      CBOR map of the record's components
 * </pre>
 */
public final class Payload {

  private final String type;
  private final int version;
  private final byte[] bytes;

  /** Takes {@code bytes} as they are; nobody may change them afterwards. */
  public Payload(String type, int version, byte[] bytes) {
    this.type = type;
    this.version = version;
    this.bytes = bytes;
  }

  public String type() {
    return type;
  }

  public int version() {
    return version;
  }

  /** The encoded value itself, not a copy: read only. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && type.equals(that.type)
        && version == that.version
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * type.hashCode() + version) + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return type + " v" + version + " (" + bytes.length + " bytes)";
  }
}
