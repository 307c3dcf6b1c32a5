package dev.onewrite.gateway;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.journal.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** One request after the other: who may, what it says, what came of it. */
final class Endpoint {

  /*
   * In this order: the client's rate, the component, the form of the request, the authorizer, the
   * entity. Until the authorizer has allowed it nothing of the entity is touched, and what is not
   * exposed looks as if it did not exist.
   *
   * Of a request only the message and its key reach the entity, so no header can be journaled.
   */

  private final Onewrite onewrite;
  private final Map<String, Exposed> exposed;
  private final Authorizer authorizer;
  private final GatewaySettings settings;
  private final Json json;
  private final Responses responses;
  private final States states;
  private final RateLimit rate;
  private final StreamCount streams;

  Endpoint(
      Onewrite onewrite,
      Map<String, Exposed> exposed,
      Authorizer authorizer,
      GatewaySettings settings) {
    this.onewrite = onewrite;
    this.exposed = exposed;
    this.authorizer = authorizer;
    this.settings = settings;
    this.json = new Json(settings.jsonDepthMax(), settings.bodyBytesMax());
    this.responses = new Responses(json);
    this.states = new States(onewrite, json, settings);
    this.rate = new RateLimit(settings.requestsPerSecond(), System::nanoTime);
    this.streams = new StreamCount(settings.streamsMax(), settings.streamsPerClientMax());
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    CompletionStage<HttpResponse> answered;
    try {
      answered = answer(request);
    } catch (RuntimeException e) {
      answered = CompletableFuture.failedFuture(e);
    }
    return answered.exceptionally(
        failure -> {
          request.discardEntityBytes(onewrite.system());
          return responses.failure(failure);
        });
  }

  /** Where a request leads: {@code /{component}/{id}} and, of a question, its name. */
  private record Target(Exposed exposed, Address address, Optional<String> question) {}

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    String client = client(request);
    if (!rate.take(client)) {
      throw problem(
          429,
          "OW710",
          "More than " + settings.requestsPerSecond() + " requests a second come from you.");
    }
    Target target = target(request);
    if (request.method().equals(HttpMethods.POST) && target.question().isEmpty()) {
      return send(request, target);
    }
    if (request.method().equals(HttpMethods.GET)) {
      return target.question().isPresent() ? ask(request, target) : watch(request, target, client);
    }
    throw problem(
        405, "OW704", "Messages are sent by POST; states and questions are asked for by GET.");
  }

  private static String client(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(address -> address.getAddress())
        .map(address -> address.getHostAddress())
        .orElse("unknown");
  }

  private Target target(HttpRequest request) {
    List<String> path = new ArrayList<>();
    request.getUri().pathSegments().forEach(path::add);
    // What is decoded loosely would be a second way to write an address, past a proxy's rules.
    if (request.getUri().path().contains("//") || path.stream().anyMatch(Endpoint::isNoUtf8)) {
      throw problem(400, "OW705", "The path has an empty part, or one that is no UTF-8.");
    }
    Exposed found = path.size() == 2 || path.size() == 3 ? exposed.get(path.get(0)) : null;
    if (found == null) {
      throw problem(404, "OW702", "There is nothing at this path.");
    }
    return new Target(
        found,
        onewrite.ref(found.component(), path.get(1)).address(),
        path.size() == 3 ? Optional.of(path.get(2)) : Optional.empty());
  }

  /** U+FFFD stands for bytes that could not be decoded. */
  private static boolean isNoUtf8(String part) {
    return part.indexOf('\uFFFD') >= 0;
  }

  private CompletionStage<HttpResponse> send(HttpRequest request, Target target) {
    String key = key(request);
    if (!request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON)) {
      throw problem(415, "OW706", "The body has to be application/json.");
    }
    return Bodies.read(request, settings, onewrite.system())
        .thenCompose(
            bytes -> {
              Json.Message message = json.message(bytes);
              Class<?> type = known(target.exposed().messages(), message.type(), 400);
              Object value = json.value(message.data(), type, message.type());
              return allowed(Access.Kind.SEND, target, Optional.of(message.type()), request)
                  .thenCompose(allowed -> onewrite.request(target.address(), value, key));
            })
        .thenApply(this::reply);
  }

  private CompletionStage<HttpResponse> ask(HttpRequest request, Target target) {
    String name = target.question().orElseThrow();
    Class<?> type = known(target.exposed().questions(), name, 404);
    byte[] data =
        request.getUri().query().get("data").orElse("{}").getBytes(StandardCharsets.UTF_8);
    Object value = json.value(json.tree(data), type, name);
    return allowed(Access.Kind.ASK, target, Optional.of(name), request)
        .thenCompose(
            allowed -> onewrite.request(target.address(), value, UUID.randomUUID().toString()))
        .thenApply(this::reply);
  }

  private CompletionStage<HttpResponse> watch(HttpRequest request, Target target, String client) {
    OptionalLong seen = lastEventId(request);
    return allowed(Access.Kind.WATCH, target, Optional.empty(), request)
        .thenCompose(
            allowed ->
                wantsStream(request)
                    ? CompletableFuture.completedFuture(stream(target, seen, client))
                    : states
                        .once(target.exposed().component(), target.address().entityId())
                        .thenApply(responses::json));
  }

  private HttpResponse stream(Target target, OptionalLong seen, String client) {
    if (!streams.open(client)) {
      throw problem(429, "OW711", "Too many event streams are open. Close some.");
    }
    Source<ByteString, ?> events =
        states.stream(target.exposed().component(), target.address().entityId(), seen)
            .watchTermination(
                (mat, ended) -> ended.whenComplete((done, failure) -> streams.close(client)));
    return responses.events(events);
  }

  private CompletionStage<Void> allowed(
      Access.Kind kind, Target target, Optional<String> type, HttpRequest request) {
    return authorizer
        .authorize(new Access(kind, target.address(), type, request))
        .thenAccept(
            verdict -> {
              switch (verdict) {
                case ALLOW -> {}
                case UNAUTHENTICATED ->
                    throw problem(401, "OW707", "The server does not know who asks.");
                case FORBIDDEN -> throw problem(403, "OW708", "That is not allowed.");
              }
            });
  }

  /** In double quotes, as the header's draft standard has it, or without, as most send it. */
  private static String key(HttpRequest request) {
    String value =
        request
            .getHeader("Idempotency-Key")
            .map(HttpHeader::value)
            .orElseThrow(
                () ->
                    problem(
                        400,
                        "OW703",
                        "A message needs the header Idempotency-Key: a new UUID for each message,"
                            + " and the same one when it is sent again."));
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String key = quoted ? value.substring(1, value.length() - 1) : value;
    Address.checkId("request id", key);
    return key;
  }

  private static Class<?> known(Map<String, Class<?>> types, String name, int status) {
    Class<?> type = types.get(name);
    if (type == null) {
      throw problem(
          status, status == 404 ? "OW702" : "OW705", "Nothing of this name is taken here.");
    }
    return type;
  }

  private HttpResponse reply(Optional<Payload> reply) {
    if (reply.isEmpty()) {
      return responses.nothing();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", reply.get().type());
    members.put("data", new RawValue(Inspection.json(reply.get())));
    return responses.json(members);
  }

  private static boolean wantsStream(HttpRequest request) {
    return request
        .getHeader("Accept")
        .filter(accept -> accept.value().contains("text/event-stream"))
        .isPresent();
  }

  private static OptionalLong lastEventId(HttpRequest request) {
    Optional<String> value = request.getHeader("Last-Event-ID").map(HttpHeader::value);
    try {
      return value.isPresent()
          ? OptionalLong.of(Long.parseLong(value.get()))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      throw problem(400, "OW705", "Last-Event-ID is the number of an event of this stream.");
    }
  }

  private static ProblemException problem(int status, String code, String detail) {
    return new ProblemException(Problem.of(status, code, detail));
  }
}
