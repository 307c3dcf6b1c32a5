package dev.onewrite.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Address;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * What can be done with exposed entities.
 *
 * <pre>
 *   POST /{component}/{id}              a message      authorizer: SEND
 *   GET  /{component}/{id}/{question}   an answer      authorizer: ASK
 *   GET  /{component}/{id}              its state      authorizer: OBSERVE
 * </pre>
 */
final class EntityRoutes {

  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";

  private final Onewrite onewrite;
  private final Map<String, Exposed<?>> exposed;
  private final Gatekeeper gatekeeper;
  private final StateStreams streams;
  private final MessageReader reader;
  private final Bodies bodies;

  EntityRoutes(
      Onewrite onewrite,
      Map<String, Exposed<?>> exposed,
      Authorizer authorizer,
      Settings settings,
      StateStreams streams) {
    this.onewrite = onewrite;
    this.exposed = exposed;
    this.gatekeeper = new Gatekeeper(authorizer);
    this.bodies = new Bodies(settings, SystemMaterializer.get(onewrite.system()).materializer());
    this.streams = streams;
    this.reader = new MessageReader(settings.depthMax());
  }

  boolean isExposed(String component) {
    return exposed.containsKey(component);
  }

  /** Of a path whose component is exposed. */
  CompletionStage<HttpResponse> answer(Incoming incoming, Clients clients) {
    Exposed<?> component = exposed.get(incoming.path().get(0));
    int parts = incoming.path().size();
    if (component == null || parts < 2 || parts > 3) {
      throw Trouble.NO_SUCH_PATH.refusal("Expected /component/id or /component/id/question.");
    }
    Address entity = new Address(incoming.path().get(0), incoming.path().get(1));
    if (parts == 3) {
      return ask(component, entity, incoming);
    }
    if (incoming.is(HttpMethods.POST)) {
      return send(component, entity, incoming);
    }
    if (incoming.is(HttpMethods.GET)) {
      return observe(component, entity, incoming, clients);
    }
    throw Trouble.METHOD.refusal("Use GET or POST.").with("Allow", "GET, POST");
  }

  private <M> CompletionStage<HttpResponse> send(
      Exposed<M> component, Address entity, Incoming incoming) {
    String key = incoming.header("Idempotency-Key").orElse("");
    if (key.isEmpty()) {
      throw Trouble.NO_KEY.refusal(
          "Give each message an Idempotency-Key of its own, and the same one when you send it again.");
    }
    if (!incoming.request().entity().getContentType().mediaType().toString().equals(JSON)) {
      throw Trouble.NOT_JSON.refusal("Send Content-Type: " + JSON + ".");
    }
    return bodies
        .read(incoming.request())
        .thenCompose(
            body -> {
              MessageReader.Envelope envelope = reader.envelope(body);
              Call call = call(Call.Kind.SEND, entity, envelope.type(), incoming);
              return gatekeeper.admitted(
                  call,
                  () -> {
                    Class<?> type =
                        component
                            .message(envelope.type())
                            .orElseThrow(
                                () ->
                                    Trouble.UNFIT.refusal(
                                        entity.component()
                                            + " takes no \""
                                            + Shown.of(envelope.type())
                                            + "\"."));
                    return request(
                        component,
                        entity,
                        reader.message(envelope.data(), type, envelope.type()),
                        key);
                  });
            });
  }

  private <M> CompletionStage<HttpResponse> ask(
      Exposed<M> component, Address entity, Incoming incoming) {
    if (!incoming.is(HttpMethods.GET)) {
      throw Trouble.METHOD.refusal("Use GET.").with("Allow", "GET");
    }
    String question = incoming.path().get(2);
    JsonNode data = incoming.target().parameter("data").map(reader::tree).orElseGet(reader::empty);
    return gatekeeper.admitted(
        call(Call.Kind.ASK, entity, question, incoming),
        () -> {
          Class<?> type =
              component
                  .question(question)
                  .orElseThrow(
                      () ->
                          Trouble.NO_SUCH_PATH.refusal(
                              entity.component()
                                  + " has no question \""
                                  + Shown.of(question)
                                  + "\"."));
          String id = UUID.randomUUID().toString();
          return request(component, entity, reader.message(data, type, question), id);
        });
  }

  @SuppressWarnings("unchecked") // of a type that the component's own handler or answerer takes
  private <M> CompletionStage<HttpResponse> request(
      Exposed<M> component, Address entity, Object message, String id) {
    return component
        .ref(onewrite, entity.entityId())
        .request((M) message, id)
        .thenApply(Responses::value);
  }

  private CompletionStage<HttpResponse> observe(
      Exposed<?> component, Address entity, Incoming incoming, Clients clients) {
    boolean live = incoming.header("Accept").orElse("").contains(EVENTS);
    if (!live && !incoming.accepts(JSON)) {
      throw Trouble.NOT_ACCEPTABLE.refusal("There is " + JSON + " and " + EVENTS + ".");
    }
    return gatekeeper.admitted(
        call(Call.Kind.OBSERVE, entity, "", incoming),
        () -> {
          Ref<?> ref = component.ref(onewrite, entity.entityId());
          return live
              ? CompletableFuture.completedFuture(live(ref, incoming, clients))
              : streams.now(ref).thenApply(Responses::json);
        });
  }

  private HttpResponse live(Ref<?> ref, Incoming incoming, Clients clients) {
    OptionalLong last = OptionalLong.empty();
    String id = incoming.header("Last-Event-ID").orElse("");
    if (!id.isEmpty()) {
      try {
        last = OptionalLong.of(Long.parseLong(id));
      } catch (NumberFormatException e) {
        throw Trouble.MALFORMED.refusal("Last-Event-ID is no sequence number.");
      }
    }
    Clients.Lease lease = clients.stream(incoming.client());
    return Responses.events(incoming.untilGone(streams.from(ref, last, lease)));
  }

  private static Call call(Call.Kind kind, Address entity, String type, Incoming incoming) {
    return new Call(kind, entity, type, incoming.headers(), incoming.client());
  }
}
