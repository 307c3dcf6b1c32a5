package dev.onewrite.testkit;

import dev.onewrite.component.BrokenException;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Payload;

/** A value as bytes: of a type that nobody has named since a restart, for example. */
record Unread(Payload payload) {

  static Object orValue(Payload payload, PayloadCodec payloads) {
    try {
      return payloads.decode(payload);
    } catch (BrokenException e) {
      if (e.code().equals("OW202")) {
        return new Unread(payload);
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return payload.type() + PayloadCodec.components(payload);
  }
}
