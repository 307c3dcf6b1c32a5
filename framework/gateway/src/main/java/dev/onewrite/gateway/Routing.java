package dev.onewrite.gateway;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** The application's routes, the client's script, and the endpoint, in this order. */
final class Routing {

  private static final String SCRIPT = "dev/onewrite/gateway/onewrite.js";

  private Routing() {}

  static Function<HttpRequest, CompletionStage<HttpResponse>> of(
      Endpoint endpoint, List<Route> routes, ActorSystem<?> system) {
    Route all =
        Directives.path(
            "onewrite.js", () -> Directives.get(() -> Directives.getFromResource(SCRIPT)));
    for (Route route : routes) {
      all = Directives.concat(route, all);
    }
    Route rest =
        Directives.extractRequest(
            request -> Directives.completeWithFuture(endpoint.handle(request)));
    Route sealed = Directives.concat(all, rest).seal();
    return request -> {
      try {
        return sealed.function(system).apply(request);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Pekko HTTP's own bounds. Time-outs of a request are the node's: onewrite.ask-timeout. */
  static ServerSettings server(GatewaySettings settings, ActorSystem<?> system) {
    ServerSettings server = ServerSettings.create(system.classicSystem());
    ParserSettings parser =
        server
            .getParserSettings()
            .withMaxHeaderCount(settings.headersMax())
            .withMaxHeaderValueLength(settings.headerBytesMax())
            .withMaxContentLength(settings.bodyBytesMax());
    return server
        .withParserSettings(parser)
        .withMaxConnections(settings.connectionsMax())
        .withPipeliningLimit(1)
        .withRemoteAddressAttribute(true)
        .withTimeouts(
            server
                .getTimeouts()
                .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
                .withRequestTimeout(scala.concurrent.duration.Duration.Inf()));
  }
}
