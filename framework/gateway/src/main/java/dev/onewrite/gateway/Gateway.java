package dev.onewrite.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.SystemMaterializer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP in front of a node's entities. Only components that are exposed can be reached, and each
 * call on one needs the leave of an {@link Authorizer}.
 *
 * <p><b>Guarantee.</b> A message is answered after its commit, and takes effect once however often
 * it is sent under one {@code Idempotency-Key}, as long as its entity remembers it ({@code
 * onewrite.requests-retained}). Observers see committed states only. Headers are never journaled.
 *
 * <p><b>Limit.</b> {@code onewrite.gateway}, in its reference.conf. It speaks plain HTTP/1.1: put
 * TLS in front of it where others can listen.
 */
public final class Gateway implements AutoCloseable {

  /** 3 s, for answers under way when the gateway closes. */
  private static final Duration FINISH_WITHIN = Duration.ofSeconds(3);

  /** 1,024. With Pekko's 100 a client waits for a second while somebody opens a few hundred. */
  private static final int BACKLOG = 1_024;

  private final ServerBinding binding;
  private final Connections connections;

  private Gateway(ServerBinding binding, Connections connections) {
    this.binding = binding;
    this.connections = connections;
  }

  public static Builder of(Onewrite onewrite) {
    return new Builder(onewrite);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /** Where it listens, as {@code http://host:port}. */
  public URI uri() {
    String host = address().getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address().getPort());
  }

  /** Takes no more calls, ends the event streams and waits a little for answers under way. */
  @Override
  public void close() {
    binding
        .unbind()
        .toCompletableFuture()
        .completeOnTimeout(Done.getInstance(), FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(ended -> Done.getInstance()) // its actor system has ended, and so has it
        .join();
    connections.close(FINISH_WITHIN);
  }

  /** A gateway being configured. */
  public static final class Builder {

    private final Onewrite onewrite;
    private final Map<String, Exposed<?>> exposed = new LinkedHashMap<>();
    private @Nullable Authorizer authorizer;
    private @Nullable Route more;

    private Builder(Onewrite onewrite) {
      this.onewrite = onewrite;
    }

    /** Makes all messages and questions of these components, and their states, reachable. */
    public Builder expose(Component<?>... components) {
      for (Component<?> component : components) {
        exposed.put(component.name(), Exposed.all(component));
      }
      return this;
    }

    /**
     * Makes these messages and questions of a component, and its states, reachable.
     *
     * @throws RefusedException OW701 if the component takes one of them not
     */
    public Builder exposeOnly(Component<?> component, Class<?>... types) {
      exposed.put(component.name(), Exposed.all(component).only(Set.of(types)));
      return this;
    }

    /** Who may do what. There is no default. */
    public Builder authorizer(Authorizer authorizer) {
      this.authorizer = authorizer;
      return this;
    }

    /**
     * Routes of one's own beside those of the entities: pages, for example. They come after the
     * exposed components and {@code /onewrite.js}, and they are reached without asking the
     * authorizer. The limits of the gateway hold for them too.
     */
    public Builder routes(Route more) {
      this.more = more;
      return this;
    }

    /**
     * Starts listening.
     *
     * @param port 0: any that is free, see {@link Gateway#address}
     * @throws RefusedException OW701 if there is no authorizer or the address cannot be had, OW501
     *     if a value of {@code onewrite.gateway} is out of range
     */
    public Gateway bind(String host, int port) {
      Settings settings = Settings.read(onewrite.config());
      Authorizer asked = authorizer;
      if (asked == null) {
        throw new RefusedException(
            "OW701",
            "The gateway has nobody to ask who may do what, so nobody may do anything. It did not"
                + " start. Give it an authorizer(...); Authorizer.ANYBODY lets everybody do"
                + " everything that is exposed.");
      }
      exposed.values().forEach(component -> component.ref(onewrite, "any"));
      StateStreams streams = new StateStreams(onewrite, settings);
      EntityRoutes entities = new EntityRoutes(onewrite, exposed, asked, settings, streams);
      ActorSystem<?> system = onewrite.system();
      Front front = new Front(settings, entities, elsewhere(system), system);
      Connections connections =
          new Connections(settings, front, SystemMaterializer.get(system).materializer());
      ServerBinding binding =
          connections.bind(
              Http.get(system)
                  .newServerAt(host, port)
                  .withSettings(ServerSettings.create(http(settings))),
              host,
              port);
      return new Gateway(binding, connections);
    }

    private Function<HttpRequest, CompletionStage<HttpResponse>> elsewhere(ActorSystem<?> system) {
      return more == null
          ? request ->
              CompletableFuture.failedFuture(
                  Trouble.NO_SUCH_PATH.refusal("No component of this name is exposed."))
          : more.function(system);
    }

    /** What Pekko HTTP is to keep to. Requests are timed by the gateway, which answers in JSON. */
    private Config http(Settings settings) {
      Map<String, Object> server = new HashMap<>();
      server.put("server-header", "");
      server.put("backlog", BACKLOG);
      server.put("idle-timeout", settings.idleTimeout().toMillis() + " ms");
      server.put("request-timeout", "infinite");
      // Who answers one request and does not read on for the next does not see that a reader of a
      // stream has gone.
      server.put("pipelining-limit", 2);
      server.put("remote-address-attribute", "on");
      server.put("raw-request-uri-header", "on");
      server.put("transparent-head-requests", "off");
      // It would log the headers, credentials too.
      server.put("parsing.illegal-header-warnings", "off");
      server.put("parsing.error-handler", Malformed.class.getName());
      server.put("parsing.max-uri-length", settings.uriBytesMax());
      server.put("parsing.max-header-count", settings.headersMax());
      server.put("parsing.max-header-value-length", settings.headerBytesMax());
      server.put("parsing.max-content-length", settings.bodyBytesMax());
      return ConfigFactory.parseMap(server)
          .atPath("pekko.http.server")
          .withFallback(onewrite.config());
    }
  }
}
