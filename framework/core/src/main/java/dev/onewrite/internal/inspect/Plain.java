package dev.onewrite.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.onewrite.internal.engine.PlainFold;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.machine.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored shapes as maps, lists, texts and numbers, for tools; no type need be known. */
public final class Plain {

  private static final ObjectMapper CBOR = CBORMapper.builder().build();
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private Plain() {}

  /** A stored value as JSON; one that cannot be read says so. */
  public static String json(Payload payload) {
    try {
      return JSON.writeValueAsString(CBOR.readTree(payload.bytes()));
    } catch (IOException e) { // whoever looks is told what can be told
      return "\"" + payload + ", which cannot be read\"";
    }
  }

  /** The parts of a batch by name. */
  public static Map<String, Object> of(long number, Batch batch) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("number", number);
    plain.put("at", batch.at().toString());
    plain.put("cause", cause(batch.cause()));
    plain.put("events", batch.events().stream().map(Plain::of).toList());
    plain.put("states", batch.outcome().machine().configuration());
    plain.put("context", of(batch.outcome().context()));
    plain.put("outgoings", batch.outgoings().stream().map(Plain::outgoing).toList());
    plain.put("timers", batch.timers().stream().map(Plain::timer).toList());
    plain.put("cancelled", batch.cancelled());
    plain.put("reply", of(batch.reply()));
    plain.put("refusal", batch.refusal());
    plain.put("trace", batch.trace());
    return plain;
  }

  /** The state that an entity's batches come to. */
  public static Map<String, Object> of(PlainFold fold) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("turns", fold.turns());
    fold.machine()
        .ifPresent(
            machine -> {
              plain.put("machine", machine.machine() + " v" + machine.version());
              plain.put("states", machine.configuration());
              plain.put("done", machine.done());
              plain.put(
                  "machineTimers", machine.timers().stream().map(Recorded.Timer::id).toList());
              plain.put(
                  "machineActivities",
                  machine.activities().stream().map(Recorded.Activity::id).toList());
            });
    plain.put("context", of(fold.context().orElse(null)));
    plain.put("timers", fold.timers().stream().map(StoredState.Timer::id).toList());
    plain.put("activities", fold.invoked());
    plain.put("stable", fold.stable().toString());
    plain.put("remembersDeliveries", fold.marks().size());
    plain.put("remembersRequests", fold.requests());
    return plain;
  }

  private static @Nullable Object of(@Nullable Payload payload) {
    if (payload == null) {
      return null;
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("type", payload.type());
    plain.put("version", payload.version());
    try {
      plain.put("value", CBOR.readTree(payload.bytes()));
    } catch (IOException e) { // as above
      plain.put("unreadable", payload.toString());
    }
    return plain;
  }

  private static Map<String, Object> cause(Cause cause) {
    Map<String, Object> plain = new LinkedHashMap<>();
    cause.match(
        delivered -> {
          plain.put("delivered", delivered.id().toString());
          plain.put("sender", delivered.sender().toString());
          plain.put("position", delivered.position().toString());
          plain.put("index", delivered.index());
          return plain.put("stable", delivered.stable().toString());
        },
        requested -> plain.put("requested", requested.requestId()),
        fired -> plain.put("fired", fired.timerId()),
        completed -> plain.put("completed", completed.activityId()));
    return plain;
  }

  private static Map<String, Object> outgoing(Outgoing outgoing) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("id", outgoing.id().toString());
    outgoing.match(
        sent -> plain.put("to", sent.to().toString()),
        emitted -> plain.put("to", "subscribers"),
        invoked -> plain.put("invokes", invoked.name() + " as " + invoked.activityId()));
    plain.put("message", of(outgoing.payload()));
    return plain;
  }

  private static Map<String, Object> timer(TimerSet timer) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("id", timer.id());
    plain.put("name", timer.name());
    plain.put("due", timer.due().toString());
    plain.put("message", of(timer.payload()));
    return plain;
  }

  /**
   * Whether two payloads hold the same value. One was encoded again from what was read of the
   * other, and a set has no order: so arrays are compared without it.
   */
  static boolean same(Payload one, Payload other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      return one.type().equals(other.type())
          && sorted(CBOR.readTree(one.bytes())).equals(sorted(CBOR.readTree(other.bytes())));
    } catch (IOException e) {
      return false;
    }
  }

  private static Object sorted(JsonNode node) {
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(sorted(item)));
      items.sort(Comparator.comparing(Object::toString));
      return items;
    }
    if (node.isObject()) {
      Map<String, Object> fields = new java.util.TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      return fields;
    }
    return node;
  }
}
