package dev.onewrite.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;
import org.apache.pekko.japi.function.Function;

/** Takes each request, finds what answers it, and turns what went wrong into a problem. */
final class Front {

  /** 45, that of an IPv6 address with an IPv4 one in it. What is longer is none. */
  private static final int ADDRESS_LENGTH_MAX = 45;

  private final Settings settings;
  private final Clients clients;
  private final EntityRoutes entities;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> more;
  private final ClassicActorSystemProvider system;

  Front(
      Settings settings,
      EntityRoutes entities,
      Function<HttpRequest, CompletionStage<HttpResponse>> more,
      ClassicActorSystemProvider system) {
    this.settings = settings;
    this.clients = new Clients(settings, System::nanoTime);
    this.entities = entities;
    this.more = more;
    this.system = system;
  }

  /** The answer; the stage never fails. */
  CompletionStage<HttpResponse> answer(HttpRequest request) {
    CompletableFuture<HttpResponse> answered = new CompletableFuture<>();
    try {
      route(request)
          .whenComplete(
              (response, failure) -> {
                if (failure == null) {
                  answered.complete(response);
                } else {
                  answered.completeExceptionally(failure);
                }
              });
    } catch (Exception e) {
      answered.completeExceptionally(e);
    }
    return answered
        .orTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> problem(request, failure));
  }

  private CompletionStage<HttpResponse> route(HttpRequest request) throws Exception {
    String client = client(request);
    clients.request(client);
    Target target =
        Target.of(request.getHeader(RawRequestURI.class).map(RawRequestURI::uri).orElse(""));
    List<String> path = target.segments();
    if (entities.isExposed(path.get(0))) {
      return entities.answer(new Incoming(request, target, client), clients);
    }
    if (path.equals(List.of("onewrite.js")) && request.method().equals(HttpMethods.GET)) {
      return CompletableFuture.completedFuture(BrowserClient.response());
    }
    return more.apply(request);
  }

  private HttpResponse problem(HttpRequest request, Throwable failure) {
    if (!request.entity().isStrict()) {
      request.discardEntityBytes(system);
    }
    boolean late = failure instanceof TimeoutException;
    return Responses.problem(
        late
            ? Trouble.NO_ANSWER.refusal(
                "There was none within " + settings.requestTimeout().toMillis() + " ms.")
            : Refusal.of(failure));
  }

  private String client(HttpRequest request) {
    String forwarded =
        settings.trustForwardedFor()
            ? request.getHeader("X-Forwarded-For").map(header -> last(header.value())).orElse("")
            : "";
    return forwarded.isEmpty() || forwarded.length() > ADDRESS_LENGTH_MAX
        ? request
            .getAttribute(AttributeKeys.remoteAddress)
            .flatMap(RemoteAddress::getAddress)
            .map(address -> address.getHostAddress())
            .orElse("unknown")
        : forwarded;
  }

  private static String last(String addresses) {
    return addresses.substring(addresses.lastIndexOf(',') + 1).strip();
  }
}
