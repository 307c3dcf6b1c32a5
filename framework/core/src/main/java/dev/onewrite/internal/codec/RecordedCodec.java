package dev.onewrite.internal.codec;

import dev.onewrite.journal.Payload;
import dev.onewrite.machine.Recorded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A machine's recorded state.
 *
 * <pre>
 *   [machine, version, [state...], [[history, [state...]]...],
 *    [[id, state?, slot, event?]...], [[id, state, name]...], entries, done, output?]
 * </pre>
 */
final class RecordedCodec {

  private final Function<Object, Payload> encode;
  private final Function<Payload, Object> decode;

  RecordedCodec(PayloadCodec payloads) {
    this(payloads::encodeOwn, payloads::decode);
  }

  private RecordedCodec(Function<Object, Payload> encode, Function<Payload, Object> decode) {
    this.encode = encode;
    this.decode = decode;
  }

  /** Leaves values as the payloads they are stored as, and so needs no type. */
  static RecordedCodec plain() {
    return new RecordedCodec(Payload.class::cast, payload -> payload);
  }

  void write(CborOut out, Recorded recorded) {
    out.array(9).text(recorded.machine()).number(recorded.version());
    out.list(recorded.configuration(), out::text);
    out.list(
        new ArrayList<>(recorded.history().entrySet()),
        (Map.Entry<String, List<String>> entry) ->
            out.array(2).text(entry.getKey()).list(entry.getValue(), out::text).end());
    out.list(
        recorded.timers(),
        (Recorded.Timer timer) ->
            out.array(4)
                .text(timer.id())
                .text(timer.state())
                .text(timer.slot())
                .payload(encode(timer.event()))
                .end());
    out.list(
        recorded.activities(),
        (Recorded.Activity activity) ->
            out.array(3).text(activity.id()).text(activity.state()).text(activity.name()).end());
    out.number(recorded.entries()).flag(recorded.done()).payload(encode(recorded.output())).end();
  }

  Recorded read(CborIn in) {
    in.array();
    String machine = in.text();
    int version = in.smallNumber();
    List<String> configuration = in.list(in::text);
    Map<String, List<String>> history = new LinkedHashMap<>();
    in.list(() -> remembered(in)).forEach(one -> history.put(one.getKey(), one.getValue()));
    List<Recorded.Timer> timers = in.list(() -> timer(in));
    List<Recorded.Activity> activities = in.list(() -> activity(in));
    long entries = in.number();
    boolean done = in.flag();
    Object output = decode(in.payloadOrNull());
    in.end();
    return new Recorded(
        machine, version, configuration, history, timers, activities, entries, done, output);
  }

  private static Map.Entry<String, List<String>> remembered(CborIn in) {
    in.array();
    Map.Entry<String, List<String>> remembered = Map.entry(in.text(), in.list(in::text));
    in.end();
    return remembered;
  }

  private Recorded.Timer timer(CborIn in) {
    in.array();
    Recorded.Timer timer =
        new Recorded.Timer(in.text(), in.textOrNull(), in.text(), decode(in.payloadOrNull()));
    in.end();
    return timer;
  }

  private static Recorded.Activity activity(CborIn in) {
    in.array();
    Recorded.Activity activity = new Recorded.Activity(in.text(), in.text(), in.text());
    in.end();
    return activity;
  }

  private @Nullable Payload encode(@Nullable Object value) {
    return value == null ? null : encode.apply(value);
  }

  private @Nullable Object decode(@Nullable Payload payload) {
    return payload == null ? null : decode.apply(payload);
  }
}
