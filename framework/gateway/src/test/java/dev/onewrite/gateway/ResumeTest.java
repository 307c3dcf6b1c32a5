package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Event streams that break and go on. */
@Timeout(60)
final class ResumeTest {

  private static final String TOUCH = "{'type':'touch'}";

  @TempDir Path directory;

  @Test
  void stream_afterABreakAndARestart_goesOnBehindWhatWasSeen() {
    int port;
    Events.Event second;
    String recorded;
    try (Onewrite node = stored().start();
        Gateway gateway = open(node, 0);
        Events events = new Events(gateway.address().getPort(), "/note/n", "")) {
      port = gateway.address().getPort();
      Client client = new Client(gateway);
      assertEquals("0", events.next().id());
      recorded = client.post("/note/n", "k1", "{'type':'write','data':{'text':'a'}}").body();
      assertEquals("1", events.next().id());
      client.post("/note/n", TOUCH);
      second = events.next();
    }

    try (Onewrite node = stored().start();
        Gateway gateway = open(node, port);
        Events resumed = new Events(port, "/note/n", second.id());
        Events behind = new Events(port, "/note/n", "1")) {
      Client client = new Client(gateway);
      assertEquals(second, behind.next(), "what was missed is shown at once");
      assertEquals(
          recorded, client.post("/note/n", "k1", "{'type':'write','data':{'text':'a'}}").body());
      client.post("/note/n", TOUCH);
      assertEquals("3", resumed.next().id(), "what was seen is not shown again");
      assertEquals(3, GatewayTest.writes(client, "n"));
    }
  }

  @Test
  void stream_whoseClientSawMoreThanTheStoreHas_startsAnew() {
    try (Onewrite node = Notes.node().start();
        Gateway gateway = open(node, 0);
        Events events = new Events(gateway.address().getPort(), "/note/n", "41")) {
      assertEquals("0", events.next().id());
    }
  }

  @Test
  void stream_withALastEventIdThatIsNone_isRefused() {
    try (Onewrite node = Notes.node().start();
        Gateway gateway = open(node, 0)) {
      int port = gateway.address().getPort();

      Throwable refused =
          assertThrows(IllegalStateException.class, () -> new Events(port, "/note/n", "x"));
      assertEquals("status 400", refused.getMessage());
    }
  }

  @Test
  void stream_thatIsSilent_beatsAndEndsInTime() {
    try (Onewrite node =
            Notes.node()
                .set("onewrite.gateway.heartbeat", "100ms")
                .set("onewrite.gateway.stream-lifetime", "1s")
                .start();
        Gateway gateway = open(node, 0);
        Events events = new Events(gateway.address().getPort(), "/note/n", "")) {
      events.next();

      assertEquals(new Events.Event("", "", ""), events.any());
      Throwable ended = assertThrows(IllegalStateException.class, () -> drain(events));
      assertEquals("the stream has ended", ended.getMessage());
    }
  }

  @Test
  void stream_olderThanARequestMayTake_goesOn() {
    try (Onewrite node =
            Notes.node()
                .set("onewrite.gateway.heartbeat", "100ms")
                .set("onewrite.gateway.request-within", "300ms")
                .start();
        Gateway gateway = open(node, 0);
        Events events = new Events(gateway.address().getPort(), "/note/n", "")) {
      events.next();
      for (int beats = 0; beats < 10; beats++) { // a second
        assertEquals(new Events.Event("", "", ""), events.any());
      }
      new Client(gateway).post("/note/n", TOUCH);

      assertEquals("1", events.next().id());
    }
  }

  private static void drain(Events events) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          while (events.any() != null) {
            // until it ends
          }
        });
  }

  @Test
  void stream_ofASlowClient_showsTheNewest() {
    try (Onewrite node = Notes.node().start();
        Gateway gateway = open(node, 0);
        Events events = new Events(gateway.address().getPort(), "/note/n", "")) {
      Client client = new Client(gateway);
      for (int i = 0; i < 100; i++) {
        client.post("/note/n", TOUCH);
      }

      long before = -1;
      while (before < 100) {
        long id = Long.parseLong(events.next().id());
        assertTrue(id > before, "never an older one");
        before = id;
      }
    }
  }

  private Onewrite.Builder stored() {
    return Notes.node().durability("sqlite").directory(directory);
  }

  private static Gateway open(Onewrite node, int port) {
    return Gateway.of(node)
        .expose(Notes.NOTE)
        .authorizer(Authorizer.everybody())
        .bind("127.0.0.1", port);
  }
}
