package dev.onewrite.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** JSON from outside into records, and what is committed into JSON. */
final class Json {

  /*
   * As strict as the journal: nothing unknown, nothing missing where a primitive is, nothing rounded
   * or turned into text, no key twice. A class is never named by the text; it is looked up by its
   * logical name among those that are exposed.
   */

  /** 1,000. Digits of one number; more are only there to keep a processor busy. */
  private static final int DIGITS_MAX = 1_000;

  private final JsonMapper mapper;

  Json(int depthMax, int textMax) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(depthMax)
            .maxStringLength(textMax)
            .maxNameLength(DIGITS_MAX)
            .maxNumberLength(DIGITS_MAX)
            .build();
    this.mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
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
  }

  /** A message that came: its logical name and what is in it. */
  record Message(String type, JsonNode data) {}

  /** {@code {"type": NAME, "data": {...}}} and nothing else. */
  Message message(byte[] text) {
    JsonNode tree = tree(text);
    JsonNode type = tree.get("type");
    JsonNode data = tree.get("data");
    boolean whole = tree.isObject() && tree.size() == (data == null ? 1 : 2);
    if (!whole || type == null || !type.isTextual()) {
      throw unfit("The body has to be {\"type\": \"<name>\", \"data\": {...}} and nothing else.");
    }
    return new Message(type.textValue(), data == null ? mapper.createObjectNode() : data);
  }

  JsonNode tree(byte[] text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw unfit("That is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) { // bytes that are not UTF-8
      throw unfit("That is no JSON: " + e.getMessage());
    }
  }

  Object value(JsonNode data, Class<?> type, String name) {
    Object value;
    try {
      value = mapper.treeToValue(data, type);
    } catch (JsonProcessingException e) {
      throw unfit("That is no " + name + ": " + e.getOriginalMessage());
    } catch (RuntimeException e) { // what the record's own constructor refuses
      throw unfit("That is no " + name + ": " + e.getMessage());
    }
    if (value == null) {
      throw unfit("That is no " + name + ": it is null.");
    }
    return value;
  }

  /** An object of these members, in their order; values as records, plain ones, or JSON. */
  byte[] object(Map<String, ?> members) {
    ObjectNode object = mapper.createObjectNode();
    members.forEach(
        (name, value) -> {
          if (value instanceof RawValue json) {
            object.putRawValue(name, json);
          } else {
            object.set(name, mapper.valueToTree(value));
          }
        });
    try {
      return mapper.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProblemException unfit(String detail) {
    return new ProblemException(Problem.of(400, "OW705", firstLine(detail)));
  }

  /** What stands behind it is the parser's own. */
  private static String firstLine(String text) {
    return Optional.of(text.indexOf('\n'))
        .filter(at -> at > 0)
        .map(at -> text.substring(0, at))
        .orElse(text);
  }
}
