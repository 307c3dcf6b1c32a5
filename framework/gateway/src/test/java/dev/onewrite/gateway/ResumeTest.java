package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that follows an entity through breaks. */
final class ResumeTest {

  @TempDir Path directory;

  private Onewrite node() {
    return Onewrite.builder()
        .component(Forms.FORM)
        .durability("sqlite")
        .directory(directory)
        .set("onewrite.gateway.heartbeat", "50ms")
        .start();
  }

  private static Gateway gateway(Onewrite node) {
    return Gateway.of(node).expose(Forms.FORM).authorizer(Authorizer.ANYBODY).bind("127.0.0.1", 0);
  }

  private static void save(Web web, String text) {
    String body = "{\"type\":\"save-form\",\"data\":{\"text\":\"" + text + "\"}}";
    assertEquals(200, web.post("/form/1", text, body).statusCode());
  }

  private static Events resumed(Web web, String id) {
    return Events.open(web.to("/form/1").header("Last-Event-ID", id));
  }

  @Test
  void reader_thatComesBackAfterARestart_seesWhatIsNewAndNothingTwice() {
    String last;
    try (Onewrite node = node();
        Gateway gateway = gateway(node)) {
      Web web = new Web(gateway);
      save(web, "one");
      try (Events events = Events.open(web.to("/form/1"))) {
        last = events.nextEvent().get("id");
      }
      save(web, "two");
    }

    try (Onewrite node = node();
        Gateway gateway = gateway(node);
        Events events = resumed(new Web(gateway), last)) {
      String missed = events.nextEvent().get("id");
      save(new Web(gateway), "three");
      String fresh = events.nextEvent().get("id");

      assertEquals(List.of("1", "2", "3"), List.of(last, missed, fresh));
    }
  }

  @Test
  void reader_whoHasSeenTheNewest_getsHeartbeatsUntilThereIsMore() {
    try (Onewrite node = node();
        Gateway gateway = gateway(node)) {
      Web web = new Web(gateway);
      save(web, "one");
      try (Events events = resumed(web, "1")) {
        assertTrue(events.next().containsKey("retry"));
        for (int i = 0; i < 5; i++) {
          assertTrue(events.next().containsKey(""), "a comment and nothing else");
        }
        save(web, "two");

        assertEquals("2", events.nextEvent().get("id"));
      }
    }
  }

  @Test
  void reader_ofAHistoryThatIsGone_isShownTheOneThatIs() {
    try (Onewrite node = node();
        Gateway gateway = gateway(node)) {
      Web web = new Web(gateway);
      save(web, "one");
      try (Events events = resumed(web, "77")) {
        assertEquals("1", events.nextEvent().get("id"));
      }
    }
  }

  @Test
  void stream_whenTheGatewayCloses_ends() {
    try (Onewrite node = node()) {
      Gateway gateway = gateway(node);
      try (Events events = Events.open(new Web(gateway).to("/form/1"))) {
        events.nextEvent();
        gateway.close();

        AssertionError end = assertThrows(AssertionError.class, events::nextEvent);
        assertTrue(String.valueOf(end.getCause()).contains("has ended"), end.getCause().toString());
      }
    }
  }
}
