package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that mean harm come from 127.0.0.2: they are told off or cut off, never with a 5xx. All
 * the while a good one at 127.0.0.1 is served.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileTest {

  private static final String HOSTILE = "127.0.0.2";

  private static final String SAVE = "{\"type\":\"save-form\",\"data\":{\"text\":\"hello\"}}";

  private final Onewrite node =
      Forms.node()
          .set("onewrite.gateway.head-timeout", "500ms")
          .set("onewrite.gateway.body-timeout", "500ms")
          .set("onewrite.gateway.connections-per-client-max", 200)
          .set("onewrite.gateway.rate-per-second", 100_000)
          .set("onewrite.gateway.rate-burst", 100_000)
          .start();
  private final Gateway gateway =
      Gateway.of(node).expose(Forms.FORM).authorizer(Authorizer.ANYBODY).bind("127.0.0.1", 0);
  private final Web web = new Web(gateway);
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger unserved = new AtomicInteger();
  private final ScheduledExecutorService good = Executors.newSingleThreadScheduledExecutor();

  HostileTest() {
    good.scheduleWithFixedDelay(this::beGood, 0, 10, TimeUnit.MILLISECONDS);
  }

  private void beGood() {
    boolean well = web.post("/form/good", "g" + served.get(), SAVE).statusCode() == 200;
    (well ? served : unserved).incrementAndGet();
  }

  @AfterAll
  void close() throws InterruptedException {
    good.shutdown();
    assertTrue(good.awaitTermination(20, TimeUnit.SECONDS), "a good client hangs");
    assertEquals(0, unserved.get(), "a good client was not served");
    assertTrue(served.get() > 0, "nobody was served");
    gateway.close();
    node.close();
  }

  private Web.Raw hostile() {
    return web.raw(HOSTILE);
  }

  private static String head(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n";
  }

  private static String post(String more) {
    return "POST /form/1 HTTP/1.1\r\nHost: a\r\nIdempotency-Key: k\r\n"
        + "Content-Type: application/json\r\n"
        + more;
  }

  private int statusOf(byte[] body) {
    try (Web.Raw raw = hostile()) {
      return raw.say(post("Content-Length: " + body.length + "\r\n\r\n")).say(body).firstStatus();
    }
  }

  private int statusOf(String body) {
    return statusOf(body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertOff(int status) {
    assertTrue(status == 0 || (status >= 400 && status < 500), "status " + status);
  }

  @Test
  void head_thatDoesNotEnd_isCutOff() throws Exception {
    List<Web.Raw> slow = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      slow.add(hostile().say(head("/form/1") + "X-Slow: "));
    }
    AtomicBoolean dripping = new AtomicBoolean(true);
    Thread drip =
        new Thread(
            () -> {
              while (dripping.get()) {
                slow.forEach(raw -> raw.say("X"));
                // Slowly, as else the size of the head would end it and not its time.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
              }
            });
    drip.start();
    for (Web.Raw raw : slow) {
      assertOff(raw.status());
    }
    dripping.set(false);
    drip.join();
    slow.forEach(Web.Raw::close);
  }

  @Test
  void connection_thatSaysNothing_isClosed() {
    try (Web.Raw silent = hostile()) {
      assertEquals("", silent.heard());
    }
    try (Web.Raw kept = hostile()) {
      assertEquals(200, kept.say(head("/form/1") + "\r\n").status());
    }
  }

  @Test
  void body_thatDoesNotCome_isNotWaitedFor() {
    try (Web.Raw raw = hostile()) {
      assertEquals(408, raw.say(post("Content-Length: 100\r\n\r\n{")).status());
    }
  }

  @Test
  void headers_tooManyOrTooLong_areRefused() {
    try (Web.Raw many = hostile();
        Web.Raw longOne = hostile();
        Web.Raw path = hostile()) {
      StringBuilder headers = new StringBuilder(head("/form/1"));
      for (int i = 0; i < 10_000; i++) {
        headers.append("X-").append(i).append(": 1\r\n");
      }
      assertEquals(400, many.say(headers + "\r\n").status());
      assertEquals(431, longOne.say(head("/form/1") + "X: " + "x".repeat(20_000)).status());
      assertEquals(414, path.say(head("/form/" + "x".repeat(20_000))).status());
    }
  }

  @Test
  void body_tooLargeOrTooDeep_isRefused() {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    try (Web.Raw declared = hostile();
        Web.Raw chunked = hostile()) {
      assertEquals(413, declared.say(post("Content-Length: 99999999999\r\n\r\n{")).status());
      chunked.say(post("Transfer-Encoding: chunked\r\n\r\n"));
      for (int i = 0; i < 100; i++) {
        chunked.say(chunk);
      }
      assertEquals(413, chunked.status());
    }
    String deep = "[".repeat(50_000) + "]".repeat(50_000);
    assertEquals(400, statusOf("{\"type\":\"everything\",\"data\":{\"inner\":" + deep + "}}"));
    assertEquals(
        400, statusOf("{\"type\":\"everything\",\"data\":{\"number\":" + "9".repeat(5_000) + "}}"));
    assertEquals(422, statusOf("{\"type\":\"everything\",\"data\":{\"number\":1e999999999}}"));
  }

  @Test
  void chunks_thatAreNone_areRefused() {
    try (Web.Raw raw = hostile()) {
      assertEquals(
          400, raw.say(post("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n")).firstStatus());
    }
  }

  @Test
  void bytes_thatAreNoUtf8_areRefused() {
    byte[] bad = SAVE.getBytes(StandardCharsets.UTF_8);
    bad[bad.length - 4] = (byte) 0xff;
    byte[] overlong = SAVE.replace("he", "\u00c0\u0080").getBytes(StandardCharsets.ISO_8859_1);
    byte[] surrogate =
        SAVE.replace("hel", "\u00ed\u00a0\u0080").getBytes(StandardCharsets.ISO_8859_1);

    assertEquals(400, statusOf(bad));
    assertEquals(400, statusOf(overlong));
    assertEquals(400, statusOf(surrogate));
    assertOff(statusOf(SAVE.replace("hello", "\\ud800")));
    assertTrue(web.get("/form/1").body().contains("\"sequenceNumber\":0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/form/%ff",
        "/form/%c0%ae",
        "/form/%00",
        "/form/%0d%0aX:1",
        "/form/%",
        "/form/%zz",
        "/form/..",
        "/form/../form/1",
        "/form/%2e%2e",
        "/form/.",
        "//form/1",
        "/form//1",
        "/form/",
        "/",
        "/form/1/",
        "/form/1/..%2f..%2fetc",
        "/../../etc/passwd",
        "form/1",
        "*",
        "http://",
        "http://a/nobody/1",
        "/form|1/1",
        "/form/1/read-form?data=%ff",
        "/form/1/read-form?data=%7b",
        "/onewrite.js/..",
      })
  void path_thatIsATrick_leadsNowhere(String target) {
    try (Web.Raw raw = hostile()) {
      assertOff(raw.say(head(target) + "\r\n").firstStatus());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n\0\0\0",
        "FOO /form/1 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /form/1 HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /form/1 HTTP/1.1\r\n\r\n",
        "GET /form/1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
        "HEAD /form/1 HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /form/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{",
        "POST /form/1 HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /form/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      })
  void request_thatIsNoHttp_isToldOffOrCutOff(String request) {
    try (Web.Raw raw = hostile()) {
      assertOff(raw.say(request).firstStatus());
    }
  }

  @Test
  void streams_aThousand_areLimitedAndCostNoMemory() throws Exception {
    thousandStreams();
    long before = usedAfterCollection();
    thousandStreams();
    long after = usedAfterCollection();

    assertTrue(after - before < 8 << 20, "grew by " + (after - before) + " bytes");
    try (Events events = Events.open(web.to("/form/1"))) {
      assertEquals(200, events.status());
    }
  }

  /** Opened by one client and closed again. */
  private void thousandStreams() {
    List<Web.Raw> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(hostile().say(head("/form/1") + "Accept: text/event-stream\r\n\r\n"));
    }
    int open = 0;
    int off = 0;
    for (Web.Raw raw : all) {
      int status = raw.firstStatus();
      if (status == 200) {
        open++;
      } else {
        assertOff(status);
        off++;
      }
    }
    all.forEach(Web.Raw::close);
    assertEquals(1_000, open + off);
    assertTrue(open > 0 && open <= 64, open + " streams of one client were open");
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
