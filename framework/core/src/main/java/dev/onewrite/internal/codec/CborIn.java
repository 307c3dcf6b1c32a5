package dev.onewrite.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link CborOut} wrote. Anything that does not fit is an {@link IllegalStateException}:
 * whoever reads says which row it was.
 */
public final class CborIn implements AutoCloseable {

  private final JsonParser parser;
  private @Nullable JsonToken peeked;

  public CborIn(byte[] bytes, int from) {
    try {
      parser = CborOut.FACTORY.createParser(bytes, from, bytes.length - from);
    } catch (IOException e) {
      throw new IllegalStateException("no CBOR", e);
    }
  }

  public CborIn array() {
    expect(JsonToken.START_ARRAY);
    return this;
  }

  public CborIn end() {
    expect(JsonToken.END_ARRAY);
    return this;
  }

  /** Whether the array that is being read has one more value. */
  boolean more() {
    return peek() != JsonToken.END_ARRAY;
  }

  /** Passes over one value, with all that it holds. */
  public CborIn skip() {
    JsonToken token = next();
    if (token.isStructEnd()) {
      throw new IllegalStateException("expected a value, found " + token);
    }
    read(parser::skipChildren);
    return this;
  }

  /** Checks that there is nothing more. */
  public void finish() {
    if (read(parser::nextToken) != null) {
      throw new IllegalStateException("it goes on after its end");
    }
  }

  public String text() {
    expect(JsonToken.VALUE_STRING);
    return read(parser::getText);
  }

  public @Nullable String textOrNull() {
    if (peek() == JsonToken.VALUE_NULL) {
      next();
      return null;
    }
    return text();
  }

  public long number() {
    expect(JsonToken.VALUE_NUMBER_INT);
    return read(parser::getLongValue);
  }

  public int smallNumber() {
    long number = number();
    if ((int) number != number) {
      throw new IllegalStateException(number + " is too large here");
    }
    return (int) number;
  }

  public boolean flag() {
    JsonToken token = next();
    if (!token.isBoolean()) {
      throw new IllegalStateException("expected a flag, found " + token);
    }
    return token == JsonToken.VALUE_TRUE;
  }

  public UUID id() {
    expect(JsonToken.VALUE_EMBEDDED_OBJECT);
    ByteBuffer buffer = ByteBuffer.wrap(read(parser::getBinaryValue));
    if (buffer.remaining() != 2 * Long.BYTES) {
      throw new IllegalStateException("an id has " + buffer.remaining() + " bytes, not 16");
    }
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  public Position position() {
    return new Position(number(), number(), smallNumber());
  }

  public Payload payload() {
    Payload payload = payloadOrNull();
    if (payload == null) {
      throw new IllegalStateException("expected a payload, found null");
    }
    return payload;
  }

  public @Nullable Payload payloadOrNull() {
    if (peek() == JsonToken.VALUE_NULL) {
      next();
      return null;
    }
    array();
    String type = text();
    int version = smallNumber();
    expect(JsonToken.VALUE_EMBEDDED_OBJECT);
    byte[] bytes = read(parser::getBinaryValue);
    end();
    return new Payload(type, version, bytes);
  }

  public <T> List<T> list(Supplier<T> reader) {
    array();
    List<T> items = new ArrayList<>();
    while (peek() != JsonToken.END_ARRAY) {
      items.add(reader.get());
    }
    return end(items);
  }

  private <T> List<T> end(List<T> items) {
    end();
    return items;
  }

  private JsonToken peek() {
    if (peeked == null) {
      peeked = advance();
    }
    return peeked;
  }

  private JsonToken next() {
    JsonToken token = peek();
    peeked = null;
    return token;
  }

  private JsonToken advance() {
    JsonToken token = read(parser::nextToken);
    if (token == null) {
      throw new IllegalStateException("it ends early");
    }
    return token;
  }

  private void expect(JsonToken expected) {
    JsonToken token = next();
    if (token != expected) {
      throw new IllegalStateException("expected " + expected + ", found " + token);
    }
  }

  @SuppressWarnings("NullAway") // nextToken gives null at the end; advance() and finish() look
  private static <T> T read(Reading<T> reading) {
    try {
      return reading.run();
    } catch (IOException e) {
      throw new IllegalStateException("no CBOR of this form", e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T run() throws IOException;
  }

  @Override
  public void close() {
    read(
        () -> {
          parser.close();
          return true;
        });
  }
}
