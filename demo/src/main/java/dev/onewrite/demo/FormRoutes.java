package dev.onewrite.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RetryableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * HTTP in front of the forms.
 *
 * <pre>
 *   POST /forms/ID/edit    {"department", "text"}       Idempotency-Key   → {"revision"}
 *   POST /forms/ID/submit  {"department", "content"}    Idempotency-Key   → {"revision", "receipt"}
 *   GET  /forms/ID                                                       → what it has come to
 * </pre>
 *
 * <p>400 and 404 are the caller's; 503 says: again, with the same key.
 */
final class FormRoutes {

  /** 64 KiB: a form is a few pages. */
  private static final int BODY_BYTES_MAX = 64 * 1024;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Onewrite onewrite;
  private final Component<FormMessage> forms;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private FormRoutes(Onewrite onewrite, Component<FormMessage> forms, HttpServer server) {
    this.onewrite = onewrite;
    this.forms = forms;
    this.server = server;
  }

  static FormRoutes start(Onewrite onewrite, Component<FormMessage> forms, int port)
      throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    FormRoutes routes =
        new FormRoutes(onewrite, forms, HttpServer.create(new InetSocketAddress(port), 0));
    routes.server.setExecutor(routes.threads);
    routes.server.createContext("/forms/", routes::take);
    routes.server.start();
    return routes;
  }

  /** Takes no more calls and waits for those under way. */
  CompletionStage<Done> unbind(Duration within) {
    return CompletableFuture.supplyAsync(
        () -> {
          server.stop(Math.toIntExact(within.toSeconds()));
          threads.shutdown();
          return Done.getInstance();
        });
  }

  private void take(HttpExchange exchange) throws IOException {
    CompletionStage<?> answer;
    try {
      answer = route(exchange);
    } catch (OnewriteException | Unfit e) { // refused before it was sent
      answer = CompletableFuture.failedStage(e);
    }
    answer.whenComplete((value, failure) -> answer(exchange, value, failure));
  }

  private CompletionStage<?> route(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String verb = exchange.getRequestMethod() + (path.length > 3 ? " " + path[3] : "");
    var form = onewrite.ref(forms, path[2]);
    return switch (path.length > 4 ? "" : verb) {
      case "GET" -> form.ask(new FormMessage.ReadForm(), FormMessage.FormStatus.class);
      case "POST edit" ->
          form.ask(
              body(exchange, FormMessage.EditForm.class), FormMessage.Noted.class, key(exchange));
      case "POST submit" ->
          form.ask(
              body(exchange, FormMessage.SubmitForm.class),
              FormMessage.Accepted.class,
              key(exchange));
      default -> CompletableFuture.failedStage(new Unfit(404, "there is no such path"));
    };
  }

  /** A call that is the caller's mistake. */
  private static final class Unfit extends RuntimeException {
    private final int status;

    Unfit(int status, String reason) {
      super(reason);
      this.status = status;
    }
  }

  private static <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw new Unfit(413, "a body has " + BODY_BYTES_MAX + " bytes at most");
    }
    try {
      return MAPPER.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new Unfit(400, "not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
    }
  }

  private static String key(HttpExchange exchange) {
    String key = exchange.getRequestHeaders().getFirst(HttpRegistry.KEY);
    if (key == null) {
      throw new Unfit(400, "there is no header " + HttpRegistry.KEY);
    }
    return key;
  }

  private static void answer(
      HttpExchange exchange, @Nullable Object value, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    int status =
        cause == null
            ? 200
            : cause instanceof Unfit unfit
                ? unfit.status
                : cause instanceof RetryableException ? 503 : 422;
    try (exchange) {
      byte[] body =
          MAPPER.writeValueAsBytes(
              cause == null ? value : Map.of("problem", String.valueOf(cause.getMessage())));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      // The caller is gone; with the same key it will get this answer when it comes again.
    }
  }
}
