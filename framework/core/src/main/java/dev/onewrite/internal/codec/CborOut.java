package dev.onewrite.internal.codec;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes compact CBOR: arrays of a known length, in the order in which {@link CborIn} reads. */
public final class CborOut implements AutoCloseable {

  static final CBORFactory FACTORY = new CBORFactory();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final CBORGenerator generator;

  public CborOut() {
    try {
      generator = FACTORY.createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CborOut array(int size) {
    return write(() -> generator.writeStartArray(null, size));
  }

  public CborOut end() {
    return write(generator::writeEndArray);
  }

  public CborOut text(@Nullable String text) {
    return write(() -> generator.writeString(text));
  }

  public CborOut number(long number) {
    return write(() -> generator.writeNumber(number));
  }

  public CborOut flag(boolean flag) {
    return write(() -> generator.writeBoolean(flag));
  }

  public CborOut nothing() {
    return write(generator::writeNull);
  }

  public CborOut id(UUID id) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * Long.BYTES);
    buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return write(() -> generator.writeBinary(buffer.array()));
  }

  public CborOut position(Position position) {
    return number(position.transaction()).number(position.ordering()).number(position.redrive());
  }

  public CborOut payload(@Nullable Payload payload) {
    if (payload == null) {
      return nothing();
    }
    array(3).text(payload.type()).number(payload.version());
    return write(() -> generator.writeBinary(payload.bytes())).end();
  }

  public <T> CborOut list(List<? extends T> items, Consumer<T> writer) {
    array(items.size());
    items.forEach(writer);
    return end();
  }

  public byte[] bytes() {
    close();
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    write(generator::close);
  }

  private CborOut write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException e) {
      // The target is memory, so this is an order of calls that is no CBOR.
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }
}
