package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean no good: told off or cut off, and nobody else notices. */
@Timeout(120)
final class HostileTest {

  private static final int STREAMS = 1_000;
  private static final int STREAMS_MAX = 100; // onewrite.gateway.streams-per-client-max
  private static final int TURNS = 300;

  private static Onewrite node;
  private static Gateway gateway;
  private static Client neighbour;

  @BeforeAll
  static void start() {
    node =
        Notes.node()
            .set("onewrite.gateway.request-within", "1s")
            .set("onewrite.gateway.body-within", "1s")
            .set("onewrite.gateway.requests-per-second", 100_000)
            .start();
    gateway =
        Gateway.of(node).expose(Notes.NOTE).authorizer(Authorizer.everybody()).bind("127.0.0.1", 0);
    neighbour = new Client(gateway);
  }

  @AfterAll
  static void end() {
    gateway.close();
    node.close();
  }

  @AfterEach
  void othersAreServed() {
    assertEquals(204, neighbour.post("/note/neighbour", "{'type':'touch'}").statusCode());
  }

  @Test
  void headers_aByteAtATime_areCutOff() throws IOException {
    try (Socket socket = socket()) {
      write(socket, "GET /note/n HTTP/1.1\r\nHost: x\r\n");
      int sent = 0;
      try {
        for (; sent < 100; sent++) {
          write(socket, "x");
          if (closedWithin(socket, 100)) {
            break;
          }
        }
      } catch (SocketException e) {
        // reset while it wrote
      }
      assertTrue(sent < 100, "still open after ten seconds");
    }
  }

  @Test
  void connection_thatSaysNothing_isCutOff() throws IOException {
    try (Socket socket = socket()) {
      assertTrue(closedWithin(socket, 10_000));
    }
  }

  @Test
  void body_aByteAtATime_isGivenUp() throws IOException {
    try (Socket socket = socket()) {
      write(socket, post("/note/n", "Content-Length: 1000"));
      write(socket, "{");

      assertEquals(408, status(socket));
    }
  }

  @Test
  void headers_tenThousand_areRefused() throws IOException {
    try (Socket socket = socket()) {
      StringBuilder request = new StringBuilder("GET /note/n HTTP/1.1\r\nHost: x\r\n");
      for (int i = 0; i < 10_000; i++) {
        request.append("X-Header-").append(i).append(": v\r\n");
      }
      write(socket, request.append("\r\n").toString());

      assertRefused(status(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
        "GET /../../etc/passwd HTTP/1.1",
        "GET //note//n HTTP/1.1",
        "GET /note/n/..%2f..%2fread HTTP/1.1",
        "GET /onewrite.js/../../secret HTTP/1.1",
        "GET /onewrite.js%00.html HTTP/1.1",
        "GET /note/%c0%af HTTP/1.1",
        "GET /note/%ff%fe HTTP/1.1",
        "GET /note/%zz HTTP/1.1",
        "GET /note/n?data=%ff HTTP/1.1",
        "GET /note/n/read?data={%22from%22:{}} HTTP/1.1",
        "GET /note/n/read?data=%ff%ff HTTP/1.1",
        "GET http://elsewhere/secret HTTP/1.1",
        "CONNECT elsewhere:443 HTTP/1.1",
        "TRACE /note/n HTTP/1.1",
        "BREW /note/n HTTP/1.1",
        "GET /note/n HTTP/9.9",
        "GARBAGE",
        "\u0000\u0001\u0002\u0003",
      })
  void requestLine_thatPlaysTricks_isRefused(String line) throws IOException {
    try (Socket socket = socket()) {
      write(socket, line + "\r\nHost: x\r\nConnection: close\r\n\r\n");

      int status = status(socket);
      assertTrue(status < 500, () -> "status " + status);
      // The path's dots were taken out before: what is left is an entity of ours, or nothing.
      assertTrue(status != 200 || line.contains("?data=%ff "), () -> "status " + status);
    }
  }

  @Test
  void requestLine_ofAMegabyte_isRefused() throws IOException {
    try (Socket socket = socket()) {
      write(socket, "GET /note/" + "a".repeat(1_000_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

      assertRefused(status(socket));
    }
  }

  @Test
  void body_tooLarge_isRefusedWhetherItSaysSoOrNot() throws IOException {
    String text = "{\"type\":\"write\",\"data\":{\"text\":\"" + "a".repeat(2_000_000) + "\"}}";
    assertEquals(413, neighbour.post("/note/n", text).statusCode());
    try (Socket socket = socket()) {
      write(socket, post("/note/n", "Transfer-Encoding: chunked"));
      int status = 0;
      try {
        for (int i = 0; i < 100; i++) {
          write(socket, "10000\r\n" + "a".repeat(0x10000) + "\r\n");
        }
        status = status(socket);
      } catch (SocketException e) {
        // cut off while it wrote
      }
      assertTrue(status == 0 || status == 413, "status " + status);
    }
  }

  @Test
  void body_nestedDeeply_isRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertEquals(
        400, neighbour.post("/note/n", "{\"type\":\"write\",\"data\":" + deep + "}").statusCode());
    assertEquals(
        400,
        neighbour
            .post("/note/n", "{\"type\":\"write\",\"data\":" + "{\"a\":".repeat(65) + "1}")
            .statusCode());
  }

  @Test
  void body_thatIsNoUtf8OrALongNumber_isRefused() throws IOException {
    byte[] bad = {'{', '"', 't', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'};
    try (Socket socket = socket()) {
      write(socket, post("/note/n", "Content-Length: " + bad.length));
      socket.getOutputStream().write(bad);
      assertEquals(400, status(socket));
    }
    String digits = "9".repeat(100_000);
    assertEquals(
        400,
        neighbour
            .post("/note/n", "{'type':'priced','data':{'price':" + digits + "}}")
            .statusCode());
    assertEquals(
        400,
        neighbour
            .post("/note/n/", "{'type':'priced','data':{'numbers':[1e1000000000]}}")
            .statusCode());
  }

  @Test
  void streams_aThousandAtOnce_areBoundedAndLeaveNothingBehind() throws IOException {
    List<Socket> all = new ArrayList<>();
    try {
      openStreams(all);
      long before = memory();
      int refused = 0;
      for (Socket socket : all) {
        refused += status(socket) == 429 ? 1 : 0;
      }
      assertEquals(STREAMS - STREAMS_MAX, refused);
      for (int i = 0; i < TURNS; i++) {
        assertEquals(204, neighbour.post("/note/watched", "{'type':'touch'}").statusCode());
      }
      long grown = memory() - before;
      System.out.printf("%,d streams and %,d turns: %d KiB more%n", STREAMS, TURNS, grown / 1024);
      assertTrue(grown < 32L << 20, () -> grown + " bytes more");
    } finally {
      for (Socket socket : all) {
        socket.close();
      }
    }
    awaitStream();
  }

  /** Once the others are found to be gone there is room again. */
  private void awaitStream() {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      neighbour.post("/note/watched", "{'type':'touch'}"); // a write finds out who is gone
      try (Events events = new Events(gateway.address().getPort(), "/note/watched", "")) {
        events.next();
        return;
      } catch (IllegalStateException e) {
        assertTrue(System.nanoTime() < end, "no room for a stream: " + e.getMessage());
      }
    }
  }

  private void openStreams(List<Socket> all) throws IOException {
    for (int i = 0; i < STREAMS; i++) {
      Socket socket = socket();
      all.add(socket);
      write(socket, "GET /note/watched HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
    }
  }

  @Test
  void requests_fasterThanTheRate_areToldToWait() {
    try (Onewrite strict = Notes.node().set("onewrite.gateway.requests-per-second", 5).start();
        Gateway slow =
            Gateway.of(strict)
                .expose(Notes.NOTE)
                .authorizer(Authorizer.everybody())
                .bind("127.0.0.1", 0)) {
      Client client = new Client(slow);
      List<HttpResponse<String>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(client.get("/note/n"));
      }

      assertTrue(all.stream().anyMatch(response -> response.statusCode() == 429));
      assertTrue(
          all.stream()
              .filter(response -> response.statusCode() == 429)
              .allMatch(response -> response.headers().firstValue("retry-after").isPresent()));
    }
  }

  private static void assertRefused(int status) {
    assertTrue(status == 0 || (status >= 400 && status < 500), () -> "status " + status);
  }

  private static String post(String path, String header) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n"
        + header
        + "\r\n\r\n";
  }

  private Socket socket() throws IOException {
    Socket socket = new Socket("127.0.0.1", gateway.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The status of the answer; 0 if there was none and the connection ended. */
  private static int status(Socket socket) throws IOException {
    byte[] line = new byte[12];
    try {
      InputStream in = socket.getInputStream();
      int read = in.readNBytes(line, 0, line.length);
      return read < line.length
          ? 0
          : Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
    } catch (SocketException e) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(Arrays.toString(line).toLowerCase(Locale.ROOT), e);
    }
  }

  private static boolean closedWithin(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  private static long memory() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
