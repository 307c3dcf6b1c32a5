package dev.onewrite.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An event stream being read. */
final class Events implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  private Events(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  static Events open(HttpRequest.Builder request) {
    try {
      return new Events(
          HttpClient.newHttpClient()
              .send(
                  request.header("Accept", "text/event-stream").build(),
                  BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return response.statusCode();
  }

  String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** The fields of the next block; a comment is the field without a name. */
  Map<String, String> next() {
    try {
      return CompletableFuture.supplyAsync(this::block).get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no event", e);
    }
  }

  /** The next block that is an event. */
  Map<String, String> nextEvent() {
    Map<String, String> block = next();
    while (!block.containsKey("event")) {
      block = next();
    }
    return block;
  }

  private Map<String, String> block() {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      for (String line = lines.readLine(); ; line = lines.readLine()) {
        if (line == null) {
          throw new IllegalStateException("the stream has ended");
        }
        if (line.isEmpty()) {
          return fields;
        }
        int colon = line.indexOf(':');
        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
