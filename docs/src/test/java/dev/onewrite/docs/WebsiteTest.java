package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import dev.onewrite.gateway.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/gateway.md says is answered, is. */
final class WebsiteTest {

  @Test
  void gateway_ofTheGuide_answersAsTheGuideSays() throws IOException, InterruptedException {
    var forms = Quickstart.form((data, key) -> "receipt of " + data);
    try (Onewrite onewrite =
            Onewrite.builder()
                .component(forms)
                .component(Quickstart.AUDIT)
                .durability("memory")
                .start();
        Gateway gateway = Website.open(onewrite, forms, Map.of("t1", "ann"))) {
      String base = "http://127.0.0.1:" + gateway.address().getPort();

      HttpResponse<String> accepted = submit(base + "/form/ann-1", "Bearer t1");
      assertEquals(200, accepted.statusCode());
      assertEquals(
          "{\"type\":\"accepted\",\"data\":{\"receipt\":\"receipt of hello\"}}", accepted.body());
      assertEquals(accepted.body(), submit(base + "/form/ann-1", "Bearer t1").body());
      assertEquals(403, submit(base + "/form/bob-1", "Bearer t1").statusCode());
      assertEquals(401, submit(base + "/form/ann-1", "Bearer t2").statusCode());
      assertEquals(
          "{\"sequenceNumber\":1,\"active\":[\"SAVED\"],"
              + "\"context\":{\"data\":\"hello\",\"receipt\":\"receipt of hello\"}}",
          send(HttpRequest.newBuilder(URI.create(base + "/form/ann-1")), "Bearer t1").body());
    }
  }

  private static HttpResponse<String> submit(String uri, String token)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "b7f3c1de-52a4-4c0e-9d0b-6f1e2a3b4c5d")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"type\":\"submit-form\",\"data\":{\"data\":\"hello\"}}")),
        token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String token)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request.header("Authorization", token).build(), HttpResponse.BodyHandlers.ofString());
  }
}
