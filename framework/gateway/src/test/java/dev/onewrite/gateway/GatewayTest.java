package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GatewayTest {

  private final Onewrite node = Forms.node().start();
  private final Gateway gateway =
      Gateway.of(node).expose(Forms.FORM).authorizer(Authorizer.ANYBODY).bind("127.0.0.1", 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    gateway.close();
    node.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.uri() + path));
  }

  private HttpRequest.Builder post(String path, String key, String body) {
    return to(path)
        .header("Idempotency-Key", key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Test
  void message_sentTwiceUnderOneKey_takesEffectOnce() throws Exception {
    String body = "{\"type\":\"save-form\",\"data\":{\"text\":\"hello\"}}";

    HttpResponse<String> first = send(post("/form/1", "k1", body));
    HttpResponse<String> again = send(post("/form/1", "k1", body));

    assertEquals(200, first.statusCode(), first.body());
    assertEquals("{\"type\":\"accepted\",\"data\":{\"saves\":1}}", first.body());
    assertEquals(first.body(), again.body());
    assertEquals(
        "{\"sequenceNumber\":1,\"active\":[\"SAVED\"],\"tags\":[],\"context\":{\"text\":\"hello\",\"saves\":1}}",
        send(to("/form/1")).body());
  }

  @Test
  void stream_ofAnEntity_showsEachCommittedState() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(
            to("/form/1").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertEquals("retry: 1000", lines.readLine());
      assertEquals("", lines.readLine());
      assertEquals("event: state", lines.readLine());
      assertEquals("id: 0", lines.readLine());
      assertTrue(lines.readLine().contains("\"tags\":[\"open\"]"));
      assertEquals("", lines.readLine());

      send(post("/form/1", "k", "{\"type\":\"touch\"}"));

      assertEquals("event: state", lines.readLine());
      assertEquals("id: 1", lines.readLine());
    }
  }
}
