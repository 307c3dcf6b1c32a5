package dev.onewrite.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The registry, over HTTP. */
final class HttpRegistry implements Registry {

  static final String KEY = "Idempotency-Key";

  /** 5 s: a hundred times what the registry takes. A hung call fails its turn, not the demo. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI uri;

  HttpRegistry(URI uri) {
    this.uri = uri;
  }

  @Override
  public String save(String form, Content content, String idempotencyKey)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                uri.resolve("?form=" + URLEncoder.encode(form, StandardCharsets.UTF_8)))
            .timeout(TIMEOUT)
            .header(KEY, idempotencyKey)
            .POST(HttpRequest.BodyPublishers.ofString(content.toString(), StandardCharsets.UTF_8))
            .build();
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new IOException("the registry answered " + response.statusCode());
    }
    return response.body();
  }
}
