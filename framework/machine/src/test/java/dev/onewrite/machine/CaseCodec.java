package dev.onewrite.machine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A snapshot as CBOR bytes and back, by way of {@link Recorded}. */
final class CaseCodec {
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

  record Stored(Recorded recorded, Map<String, Object> values) {}

  private CaseCodec() {}

  static byte[] write(Snapshot<String, CaseContext> snapshot) {
    try {
      return CBOR.writeValueAsBytes(new Stored(snapshot.recorded(), snapshot.context().values()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Snapshot<String, CaseContext> read(
      byte[] bytes, Machine<String, CaseContext, CaseEvent> machine) {
    try {
      Stored stored = CBOR.readValue(bytes, Stored.class);
      return machine.restore(withEvents(stored.recorded()), context(stored.values()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Recorded withEvents(Recorded read) {
    List<Recorded.Timer> timers =
        read.timers().stream()
            .map(t -> new Recorded.Timer(t.id(), t.state(), t.slot(), event(t.event())))
            .toList();
    return new Recorded(
        read.machine(),
        read.version(),
        read.configuration(),
        read.history(),
        timers,
        read.activities(),
        read.entries(),
        read.done(),
        read.output());
  }

  private static Object event(Object read) {
    return read instanceof Map<?, ?> fields
        ? new CaseEvent(String.valueOf(fields.get("name")))
        : null;
  }

  private static CaseContext context(Map<String, Object> read) {
    Map<String, Object> values = new LinkedHashMap<>(read);
    values.replaceAll((name, value) -> value instanceof Integer whole ? whole.longValue() : value);
    return new CaseContext(values);
  }
}
