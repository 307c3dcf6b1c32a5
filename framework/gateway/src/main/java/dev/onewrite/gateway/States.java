package dev.onewrite.gateway;

import dev.onewrite.Committed;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Committed states, once or as they come. */
final class States {

  /** 1 s: how soon a browser comes back by itself. */
  private static final ByteString RETRY = ByteString.fromString("retry: 1000\n\n");

  private static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

  private final Onewrite onewrite;
  private final Json json;
  private final GatewaySettings settings;

  States(Onewrite onewrite, Json json, GatewaySettings settings) {
    this.onewrite = onewrite;
    this.json = json;
    this.settings = settings;
  }

  /** The state of now. */
  CompletionStage<Map<String, ?>> once(Component<?> component, String id) {
    return committed(component, id)
        .completionTimeout(settings.stateWithin())
        .mapError(
            TimeoutException.class,
            e ->
                new ProblemException(
                    Problem.of(
                        503,
                        "OW709",
                        component.name()
                            + " "
                            + id
                            + " could not be read in "
                            + settings.stateWithin()
                            + ".")))
        .map(States::members)
        .runWith(Sink.head(), onewrite.system());
  }

  /**
   * The state of now and each newer one, the newest where the client is slower than they come.
   *
   * @param seen what the client has already. Anything else is sent, an older one too: then the
   *     store is not the one that the client saw
   */
  Source<ByteString, NotUsed> stream(Component<?> component, String id, OptionalLong seen) {
    return committed(component, id)
        .filter(state -> seen.isEmpty() || state.turn() != seen.getAsLong())
        .map(this::event)
        .keepAlive(settings.heartbeat(), () -> HEARTBEAT)
        .prepend(Source.single(RETRY))
        .takeWithin(settings.streamLifetime());
  }

  private Source<Committed<Object>, NotUsed> committed(Component<?> component, String id) {
    return Source.<Committed<Object>>queue(1, OverflowStrategy.dropHead())
        .mapMaterializedValue(
            queue -> onewrite.ref(component, id).observe(Object.class, queue::offer))
        .watchTermination(
            (observation, ended) -> {
              ended.whenComplete((done, failure) -> observation.close());
              return NotUsed.getInstance();
            });
  }

  /** The JSON has no line breaks: they are escaped. */
  private ByteString event(Committed<Object> state) {
    String data = new String(json.object(members(state)), StandardCharsets.UTF_8);
    return ByteString.fromString("event: state\nid: " + state.turn() + "\ndata: " + data + "\n\n");
  }

  private static Map<String, ?> members(Committed<Object> state) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("sequenceNumber", state.turn());
    members.put("active", state.states());
    members.put("context", state.context());
    return members;
  }
}
