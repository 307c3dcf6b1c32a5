package dev.onewrite.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.onewrite.component.BrokenException;
import dev.onewrite.journal.Payload;
import java.io.IOException;
import java.util.Arrays;

/**
 * A number that two payloads share if they hold the same value, and hardly ever otherwise. Not for
 * use against somebody who looks for two values with one number.
 */
public final class Fingerprint {

  /*
   * Not of the bytes: a set or a map is written in another order by another process, and is the same
   * value. So what an array or an object holds is added up, whatever its order. That two lists of
   * the same elements share a number is the price.
   */

  private static final long ARRAY = 0x41;
  private static final long OBJECT = 0x4f;

  private Fingerprint() {}

  /** Never 0, which stands for none. */
  public static long of(Payload payload) {
    try (JsonParser parser = CborOut.FACTORY.createParser(payload.bytes())) {
      parser.nextToken();
      long number = mixed(payload.type().hashCode() + value(parser));
      return number == 0 ? 1 : number;
    } catch (IOException e) {
      throw new BrokenException("OW204", "A " + payload + " is no record.", e);
    }
  }

  /** Of the value whose first token was read; its last one is read afterwards. */
  private static long value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      long sum = OBJECT;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        long name = mixed(parser.currentName().hashCode());
        parser.nextToken();
        sum += mixed(name ^ value(parser));
      }
      return mixed(sum);
    }
    if (token == JsonToken.START_ARRAY) {
      long sum = ARRAY;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        sum += mixed(value(parser) + 1);
      }
      return mixed(sum);
    }
    return mixed(
        token == JsonToken.VALUE_EMBEDDED_OBJECT
            ? Arrays.hashCode(parser.getBinaryValue())
            : text(parser.getText()));
  }

  private static long text(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 0x100000001b3L ^ text.charAt(i);
    }
    return hash;
  }

  /** Spreads each bit over all (the finisher of splitmix64). */
  private static long mixed(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
