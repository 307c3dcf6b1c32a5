package dev.onewrite.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Calls a gateway, politely and otherwise. */
final class Web {

  private static final int PATIENCE_MILLIS = 20_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Gateway gateway;

  Web(Gateway gateway) {
    this.gateway = gateway;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.uri() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(to(path));
  }

  HttpResponse<String> ask(String path, String data) {
    return get(path + "?data=" + URLEncoder.encode(data, StandardCharsets.UTF_8));
  }

  HttpRequest.Builder message(String path, String key, String body) {
    return to(path)
        .header("Idempotency-Key", key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String path, String key, String body) {
    return send(message(path, key, body));
  }

  /** A connection on which anything can be said. */
  Raw raw(String from) {
    try {
      Socket socket =
          new Socket(
              gateway.address().getAddress(),
              gateway.address().getPort(),
              InetAddress.getByName(from),
              0);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new Raw(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes out, bytes in. */
  record Raw(Socket socket) implements AutoCloseable {

    Raw say(String text) {
      return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Raw say(byte[] bytes) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        // Closed by the other side meanwhile; what it said before is there to be read.
      }
      return this;
    }

    /** All that comes until the other side closes; what it said if it reset the connection. */
    String heard() {
      StringBuilder heard = new StringBuilder();
      try {
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
          heard.append((char) b);
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("still open; heard: " + heard, e);
      } catch (IOException e) {
        return heard.toString(); // reset: what it said before counts
      }
      return heard.toString();
    }

    /** The status of the first answer; 0 if the connection was closed without one. */
    int status() {
      String heard = heard();
      return heard.isEmpty() ? 0 : Integer.parseInt(heard.split(" ", 3)[1]);
    }

    /** As {@link #status()}, of a connection that may stay open after it. */
    int firstStatus() {
      StringBuilder line = new StringBuilder();
      try {
        for (int b = socket.getInputStream().read(); b >= 0 && b != '\n'; ) {
          line.append((char) b);
          b = socket.getInputStream().read();
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("neither answered nor closed", e);
      } catch (IOException e) { // reset
        return 0;
      }
      return line.isEmpty() ? 0 : Integer.parseInt(line.toString().split(" ", 3)[1]);
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
