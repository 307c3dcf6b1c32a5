package dev.onewrite.gateway;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Components over HTTP: {@code POST /{component}/{id}} sends a message, {@code GET
 * /{component}/{id}/{question}} asks, {@code GET /{component}/{id}} shows the committed state, once
 * or as server-sent events. docs/gateway.md has the shapes.
 *
 * <p><b>Guarantee.</b> Nothing is open that was not exposed, and nothing is done that the
 * authorizer has not allowed. A message sent again with its {@code Idempotency-Key} gets the first
 * reply and does nothing twice.
 *
 * <p><b>Limit.</b> Plain HTTP: TLS ends before it. {@code onewrite.gateway} bounds all that a
 * client can make large, slow or many.
 */
public final class Gateway implements AutoCloseable {

  /** 3 s. What is still under way then is cut off; event streams always are. */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final ServerBinding binding;

  private Gateway(ServerBinding binding) {
    this.binding = binding;
  }

  /** A gateway to entities of {@code onewrite}'s components. Close it before the node. */
  public static Builder of(Onewrite onewrite) {
    return new Builder(onewrite);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /** Takes no further request, lets those under way end and ends the event streams. */
  @Override
  public void close() {
    binding.terminate(CLOSING).toCompletableFuture().join();
  }

  /** A gateway being configured. */
  public static final class Builder {

    private final Onewrite onewrite;
    private final Map<String, Exposed> exposed = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private @Nullable Authorizer authorizer;

    private Builder(Onewrite onewrite) {
      this.onewrite = onewrite;
    }

    /** Opens all that {@code component} handles and answers, and its state. */
    public Builder expose(Component<?> component) {
      exposed.put(component.name(), Exposed.of(component));
      return this;
    }

    /**
     * Opens some messages and questions of {@code component}, and its state.
     *
     * @param types records, or sealed interfaces of them
     * @throws RefusedException OW714 for one that the component does not take
     */
    public Builder expose(Component<?> component, Class<?>... types) {
      exposed.put(component.name(), Exposed.of(component, types));
      return this;
    }

    /** Who may do what. There is no default. */
    public Builder authorizer(Authorizer authorizer) {
      this.authorizer = authorizer;
      return this;
    }

    /** Routes of the application's own, asked before the gateway's. They ask no authorizer. */
    public Builder routes(Route route) {
      routes.add(route);
      return this;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any that is free: {@link Gateway#address} tells
     * @throws RefusedException OW715 without an authorizer, OW701 for a value of {@code
     *     onewrite.gateway} out of range, OW716 if the port cannot be had
     */
    public Gateway bind(String host, int port) {
      if (authorizer == null) {
        throw new RefusedException(
            "OW715",
            "The gateway has no authorizer, so nobody could do anything. It did not start. Give it"
                + " authorizer(...): Authorizer.everybody() if whoever reaches the port may do"
                + " everything.");
      }
      ActorSystem<?> system = onewrite.system();
      GatewaySettings settings =
          GatewaySettings.read(system.settings().config().getConfig("onewrite.gateway"));
      Endpoint endpoint = new Endpoint(onewrite, exposed, authorizer, settings);
      Flow<HttpRequest, HttpResponse, ?> flow =
          Flow.<HttpRequest>create()
              .via(new RequestPatience<>(settings.requestWithin()))
              .mapAsync(1, Routing.of(endpoint, routes, system)::apply);
      try {
        return new Gateway(
            Http.get(system)
                .newServerAt(host, port)
                .withSettings(Routing.server(settings, system))
                .bindFlow(flow)
                .toCompletableFuture()
                .join());
      } catch (CompletionException e) {
        throw new RefusedException(
            "OW716",
            "The gateway cannot listen on "
                + host
                + ":"
                + port
                + ": "
                + Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("")
                + ". It did not start. Choose another port, or end what has it.",
            e);
      }
    }
  }
}
