package dev.onewrite.gateway;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
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

  /** 1,024. With Pekko's 100 a burst of connections has the next ones wait for seconds. */
  private static final int BACKLOG = 1_024;

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
    var routed = Directives.concat(all, rest).seal().function(system);
    return request -> {
      try {
        return routed.apply(request);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Pekko HTTP's own bounds. Time-outs of a request are the node's: onewrite.ask-timeout. */
  static ServerSettings server(GatewaySettings settings, ActorSystem<?> system) {
    ServerSettings server =
        ServerSettings.create(
            ConfigFactory.parseMap(
                    Map.of(
                        "pekko.http.server.parsing.error-handler",
                        MalformedRequests.class.getName()))
                .withFallback(system.settings().config()));
    ParserSettings parser =
        server
            .getParserSettings()
            .withMaxHeaderCount(settings.headersMax())
            .withMaxHeaderValueLength(settings.headerBytesMax())
            .withMaxContentLength(settings.bodyBytesMax());
    return server
        .withParserSettings(parser)
        .withMaxConnections(settings.connectionsMax())
        .withBacklog(BACKLOG)
        .withPipeliningLimit(1)
        .withRemoteAddressAttribute(true)
        .withTimeouts(
            server
                .getTimeouts()
                .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
                .withRequestTimeout(scala.concurrent.duration.Duration.Inf()));
  }
}
