package dev.onewrite.internal.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Payload;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records to payloads and back. */
public final class PayloadCodec {

  /*
   * Strict both ways. A stored component that the record no longer has, or a primitive that the
   * stored value lacks, is an error and no default: whoever changes a record raises its version and
   * says how the old value reads. A value of another kind (1.5 for an int, a number for a text) is
   * one too, not rounded and not turned into text. Types are taken from the registry alone;
   * polymorphic typing by class name stays off.
   *
   * A record is written as its components and nothing else: an isEmpty() beside them is no part of
   * the value. Times are ISO texts, which keep zone and offset.
   */
  private static final ObjectMapper MAPPER =
      CBORMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .accessorNaming(new ComponentsOnly())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts ->
                  texts
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
          .build();

  private static final TypeReference<Map<String, Object>> COMPONENTS = new TypeReference<>() {};

  private final Types types;
  private final int bytesMax;

  public PayloadCodec(Types types, int bytesMax) {
    this.types = types;
    this.bytesMax = bytesMax;
  }

  /**
   * The value as it is journaled.
   *
   * @throws RefusedException OW108 if it cannot be encoded, OW102 if it is too large
   */
  public Payload encode(Object value) {
    Class<?> type = Types.recordOf(value);
    TypeName name = types.nameOf(type);
    byte[] bytes;
    try {
      bytes = MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new RefusedException(
          "OW108", type.getName() + " cannot be encoded: " + e.getOriginalMessage(), e);
    }
    if (bytes.length > bytesMax) {
      throw new RefusedException(
          "OW102",
          name.name()
              + " takes "
              + bytes.length
              + " bytes; onewrite.payload-bytes-max is "
              + bytesMax
              + ". Nothing was sent. Send a reference to the large part, or raise the limit.");
    }
    return new Payload(name.name(), name.version(), bytes);
  }

  /**
   * A value that its entity will read back itself, as it is journaled: a context, a machine's
   * output or event, the message of a timer.
   *
   * @throws RefusedException OW108 if it cannot be encoded, or its type was not registered and
   *     would be unknown after a restart; OW102 if it is too large
   */
  public Payload encodeOwn(Object value) {
    checkOwn(value);
    return encode(value);
  }

  /**
   * Checks that {@code value} is of a type that was registered, not just encoded before.
   *
   * @throws RefusedException OW108 if it is not
   */
  public void checkOwn(Object value) {
    types.checkReadable(Types.recordOf(value));
  }

  /**
   * The value of a registered type.
   *
   * @throws BrokenException OW202 if nothing is registered under its name, OW203 if its version is
   *     newer or has no upcaster, OW204 if the bytes do not fit the record
   */
  public Object decode(Payload payload) {
    return decodeAs(payload, types.classOf(payload.type()));
  }

  /**
   * The value as a type the caller names.
   *
   * @throws RefusedException OW111 if the payload is of another type
   */
  public <T> T decodeExpected(Payload payload, Class<T> expected) {
    types.namesOf(expected); // a question makes nothing readable for entities
    Class<?> stored = types.classOf(payload.type());
    if (!expected.isAssignableFrom(stored)) {
      throw new RefusedException(
          "OW111",
          "The reply is a "
              + payload.type()
              + ", expected "
              + expected.getName()
              + ". The turn is committed. Ask for the type the handler replies with.");
    }
    return expected.cast(decodeAs(payload, stored));
  }

  private Object decodeAs(Payload payload, Class<?> type) {
    int newest = types.nameOf(type).version();
    if (payload.version() > newest) {
      throw new BrokenException(
          "OW203",
          payload.type()
              + " is stored in version "
              + payload.version()
              + "; this release knows versions up to "
              + newest
              + ". Run the release that wrote it, or a later one.");
    }
    Object value;
    try {
      value =
          payload.version() == newest
              ? MAPPER.readValue(payload.bytes(), type)
              : MAPPER.convertValue(upcast(payload, newest), type);
    } catch (OnewriteException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // whatever an upcaster throws included
      throw unfit(payload, type, String.valueOf(e.getMessage()), e);
    }
    if (value == null) {
      throw unfit(payload, type, "it is null", null);
    }
    return value;
  }

  private static BrokenException unfit(
      Payload payload, Class<?> type, String reason, @Nullable Throwable cause) {
    String text =
        "A stored "
            + payload
            + " does not fit "
            + type.getName()
            + ": "
            + reason
            + ". If the record was changed, raise its version with @Named and add an upcaster.";
    return cause == null
        ? new BrokenException("OW204", text)
        : new BrokenException("OW204", text, cause);
  }

  private Map<String, Object> upcast(Payload payload, int newest) throws IOException {
    Map<String, Object> components = MAPPER.readValue(payload.bytes(), COMPONENTS);
    for (int version = payload.version(); version < newest; version++) {
      int from = version;
      components =
          types
              .upcaster(payload.type(), version)
              .orElseThrow(
                  () ->
                      new BrokenException(
                          "OW203",
                          payload.type()
                              + " is stored in version "
                              + payload.version()
                              + " and nothing leads from version "
                              + from
                              + " to "
                              + (from + 1)
                              + ". Add upcast("
                              + payload.type()
                              + ", "
                              + from
                              + ", ...) to the component."))
              .apply(components);
    }
    return components;
  }

  /** The logical names under which values of {@code type} are stored. */
  public Set<String> namesOf(Class<?> type) {
    return types.namesOf(type);
  }

  /** The logical name of a record. */
  public static String nameOf(Class<?> type) {
    return TypeName.of(type).name();
  }

  /** The components of a stored value by name, for people and tools; needs no registered type. */
  public static Map<String, Object> components(Payload payload) {
    try {
      return MAPPER.readValue(payload.bytes(), COMPONENTS);
    } catch (IOException e) {
      throw new BrokenException("OW204", "A stored " + payload + " is no record.", e);
    }
  }
}
