package dev.onewrite.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.onewrite.Committed;
import dev.onewrite.journal.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What goes out. Values are written as they are journaled, so that both always say the same. */
final class Json {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();
  private static final CBORFactory CBOR = new CBORFactory();

  private Json() {}

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  /** {@code {"type":..., "data":...}}. */
  static byte[] value(Payload payload) {
    return object(
        out -> {
          out.writeStringField("type", payload.type());
          data(out, "data", payload);
        });
  }

  /** {@code {"sequenceNumber":..., "active":[...], "tags":[...], "context":...}}. */
  static byte[] state(Committed<?> state, Payload context) {
    return object(
        out -> {
          out.writeNumberField("sequenceNumber", state.turn());
          texts(out, "active", state.states());
          texts(out, "tags", state.tags());
          data(out, "context", context);
        });
  }

  /** A problem as RFC 9457 has it. */
  static byte[] problem(Refusal refusal) {
    return object(
        out -> {
          out.writeStringField("type", "urn:onewrite:error:" + refusal.code());
          out.writeStringField("title", refusal.title());
          out.writeNumberField("status", refusal.status());
          out.writeStringField("detail", refusal.detail());
          out.writeStringField("code", refusal.code());
        });
  }

  private static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static void data(JsonGenerator out, String name, Payload payload) throws IOException {
    out.writeFieldName(name);
    try (JsonParser in = CBOR.createParser(payload.bytes())) {
      in.nextToken();
      out.copyCurrentStructure(in);
    }
  }

  private static byte[] object(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      body.write(out);
      out.writeEndObject();
    } catch (IOException e) { // of memory, so only of a value that is no JSON
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
