package dev.onewrite.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Somebody outside. */
final class Client {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  Client(Gateway gateway) {
    this.base = "http://127.0.0.1:" + gateway.address().getPort();
  }

  HttpResponse<String> post(String path, String body) {
    return post(path, UUID.randomUUID().toString(), body);
  }

  HttpResponse<String> post(String path, String key, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body.replace((char) 39, (char) 34))));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
