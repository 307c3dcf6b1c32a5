package dev.onewrite.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;

/** Callers' JSON to messages: strictly, and into types that the component takes alone. */
final class MessageReader {

  private static final Set<String> ENVELOPE = Set.of("type", "data");

  private final ObjectMapper mapper;

  MessageReader(int depthMax) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(depthMax).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    mapper =
        JsonMapper.builder(factory)
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new Lacking())
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
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
            .build();
  }

  /** What a body says before anybody looked what it means. */
  record Envelope(String type, JsonNode data) {}

  /** {@code {"type":..., "data":...}}. */
  Envelope envelope(byte[] body) {
    JsonNode root = tree(text(body));
    if (!root.isObject() || !root.path("type").isTextual()) {
      throw Trouble.MALFORMED.refusal(
          "The body is not of the form {\"type\":\"...\",\"data\":{}}.");
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!ENVELOPE.contains(name)) {
        throw Trouble.MALFORMED.refusal(
            "The body has \"" + Shown.of(name) + "\" beside \"type\" and \"data\".");
      }
    }
    JsonNode data = root.get("data");
    return new Envelope(root.get("type").textValue(), data == null ? empty() : data);
  }

  JsonNode empty() {
    return mapper.createObjectNode();
  }

  JsonNode tree(String json) {
    try {
      return mapper.readTree(json);
    } catch (JacksonException e) {
      throw Trouble.MALFORMED.refusal("It is no JSON that is taken here: " + Shown.of(e) + ".");
    }
  }

  /** The message; {@code type} is one that the component takes. */
  Object message(JsonNode data, Class<?> type, String name) {
    Object message;
    try {
      message = mapper.treeToValue(data, type);
    } catch (JacksonException e) {
      throw Trouble.UNFIT.refusal("It is no " + name + ": " + Shown.unfit(e) + ".");
    }
    if (message == null) {
      throw Trouble.UNFIT.refusal("It is no " + name + ": it is null.");
    }
    return message;
  }

  /** Not what a decoder makes of bytes that are no UTF-8. */
  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw Trouble.MALFORMED.refusal("The body is not UTF-8.");
    }
  }
}
