package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.component.RefusedException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, questions, states, and what is answered instead. */
final class GatewayTest {

  private static final String SAVE = "{\"type\":\"save-form\",\"data\":{\"text\":\"hello\"}}";

  private final Onewrite node = Forms.node().start();
  private final Gateway gateway =
      Gateway.of(node).expose(Forms.FORM).authorizer(Authorizer.ANYBODY).bind("127.0.0.1", 0);
  private final Web web = new Web(gateway);

  @AfterEach
  void close() {
    gateway.close();
    node.close();
  }

  private static void assertProblem(int status, String code, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json",
        response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""));
    assertTrue(response.body().contains("\"code\":\"" + code + "\""), response.body());
    assertTrue(response.body().contains("\"status\":" + status), response.body());
  }

  private long sequenceNumber(String path) {
    return Long.parseLong(web.get(path).body().replaceAll(".*\"sequenceNumber\":(\\d+).*", "$1"));
  }

  @Test
  void message_sentTwiceUnderOneKey_takesEffectOnce() {
    HttpResponse<String> first = web.post("/form/1", "k1", SAVE);
    HttpResponse<String> again = web.post("/form/1", "k1", SAVE);
    HttpResponse<String> other = web.post("/form/1", "k2", SAVE);

    assertEquals(200, first.statusCode(), first.body());
    assertEquals("{\"type\":\"accepted\",\"data\":{\"saves\":1}}", first.body());
    assertEquals(first.body(), again.body());
    assertEquals("{\"type\":\"accepted\",\"data\":{\"saves\":2}}", other.body());
    assertEquals(2, sequenceNumber("/form/1"));
  }

  @Test
  void message_withoutReply_isAcknowledged() {
    HttpResponse<String> response = web.post("/form/1", "k", "{\"type\":\"touch\"}");

    assertEquals(204, response.statusCode());
    assertEquals("", response.body());
    assertEquals(1, sequenceNumber("/form/1"));
  }

  @Test
  void everyKindOfValue_comesBackAsItWent() {
    String data =
        "{\"number\":-7,\"fraction\":0.25,\"flag\":true,\"texts\":[\"a\",\"ä€😀\"],"
            + "\"inner\":{\"size\":9007199254740993},\"note\":\"n\"}";

    HttpResponse<String> response =
        web.post("/form/1", "k", "{\"type\":\"everything\",\"data\":" + data + "}");

    assertEquals("{\"type\":\"everything\",\"data\":" + data + "}", response.body());
  }

  @Test
  void question_isAnswered_andJournalsNothing() {
    web.post("/form/a%2Fb", "k", SAVE);

    HttpResponse<String> response = web.ask("/form/a%2Fb/read-form", "{\"most\":4}");

    assertEquals(200, response.statusCode(), response.body());
    assertEquals("{\"type\":\"text\",\"data\":{\"text\":\"hell\"}}", response.body());
    assertEquals(1, sequenceNumber("/form/a%2Fb"));
    assertEquals(0, sequenceNumber("/form/a"));
  }

  @Test
  void state_isShownWithNumberStatesTagsAndContext() {
    assertEquals(
        "{\"sequenceNumber\":0,\"active\":[\"EDITING\"],\"tags\":[\"open\"],"
            + "\"context\":{\"text\":\"\",\"saves\":0}}",
        web.get("/form/1").body());
    web.post("/form/1", "k", SAVE);
    HttpResponse<String> saved = web.get("/form/1");

    assertEquals(
        "{\"sequenceNumber\":1,\"active\":[\"SAVED\"],\"tags\":[],"
            + "\"context\":{\"text\":\"hello\",\"saves\":1}}",
        saved.body());
    assertEquals("no-store", saved.headers().firstValue("Cache-Control").orElse(""));
  }

  @Test
  void stream_ofAnEntity_showsEachCommittedState() {
    try (Events events = Events.open(web.to("/form/1"))) {
      assertEquals(200, events.status());
      assertTrue(events.contentType().startsWith("text/event-stream"));
      assertEquals(Map.of("retry", "1000"), events.next());
      Map<String, String> first = events.nextEvent();
      web.post("/form/1", "k", SAVE);
      Map<String, String> second = events.nextEvent();

      assertEquals("state", first.get("event"));
      assertEquals("0", first.get("id"));
      assertEquals("1", second.get("id"));
      assertEquals(web.get("/form/1").body(), second.get("data"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | OW706 | {",
        "400 | OW706 | []",
        "400 | OW706 | ''",
        "400 | OW706 | {\"type\":\"touch\"} x",
        "400 | OW706 | {\"type\":\"touch\",\"type\":\"touch\"}",
        "400 | OW706 | {\"type\":1}",
        "400 | OW706 | {\"type\":\"touch\",\"more\":1}",
        "422 | OW707 | {\"type\":\"drop-everything\"}",
        "422 | OW707 | {\"type\":\"read-form\",\"data\":{\"most\":1}}",
        "422 | OW707 | {\"type\":\"accepted\",\"data\":{\"saves\":1}}",
        "422 | OW707 | {\"type\":\"touch\",\"data\":null}",
        "422 | OW707 | {\"type\":\"touch\",\"data\":{\"more\":1}}",
        "422 | OW707 | {\"type\":\"save-form\"}",
        "422 | OW707 | {\"type\":\"save-form\",\"data\":{\"text\":null}}",
        "422 | OW707 | {\"type\":\"save-form\",\"data\":{\"text\":1}}",
        "422 | OW707 | {\"type\":\"save-form\",\"data\":{\"text\":[\"a\"]}}",
        "422 | OW707 | {\"type\":\"save-form\",\"data\":\"text\"}",
      })
  void body_thatIsNoMessage_isRefused(int status, String code, String body) {
    HttpResponse<String> response = web.post("/form/1", "k", body);

    assertProblem(status, code, response);
    assertFalse(response.body().contains("dev.onewrite"), response.body());
    assertEquals(0, sequenceNumber("/form/1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"number\":1.5",
        "\"number\":\"1\"",
        "\"number\":99999999999",
        "\"flag\":1",
        "\"texts\":[null]",
        "\"texts\":\"a\"",
        "\"inner\":{}",
        "\"inner\":{\"size\":1,\"@class\":\"java.net.URL\"}",
        "\"fraction\":null",
      })
  void value_ofAnotherKind_isRefused(String wrong) {
    String right = "\"number\":1,\"fraction\":1,\"flag\":true,\"texts\":[],\"inner\":{\"size\":1}";
    String name = wrong.substring(0, wrong.indexOf(':'));
    String data = right.replaceFirst(name + ":(\\{.*?\\}|\\[.*?\\]|\\w+)", "@").replace("@", wrong);

    HttpResponse<String> taken =
        web.post("/form/1", "right", "{\"type\":\"everything\",\"data\":{" + right + "}}");
    HttpResponse<String> refused =
        web.post("/form/1", "wrong", "{\"type\":\"everything\",\"data\":{" + data + "}}");

    assertEquals(200, taken.statusCode(), taken.body());
    assertProblem(422, "OW707", refused);
  }

  @Test
  void key_missingOrUnusable_isRefused() {
    HttpRequest.Builder without =
        web.to("/form/1")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(SAVE));

    assertProblem(400, "OW705", web.send(without));
    assertProblem(400, "OW101", web.post("/form/1", "x".repeat(201), SAVE));
    assertEquals(0, sequenceNumber("/form/1"));
  }

  @Test
  void key_fromTheFuture_isRefusedWithBothTimes() {
    Instant ahead = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    UUID key = new UUID(ahead.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);

    HttpResponse<String> refused = web.post("/form/1", key.toString(), SAVE);

    assertProblem(422, "OW174", refused);
    assertTrue(refused.body().contains(ahead.toString()), refused.body());
  }

  @Test
  void request_ofAnotherShape_isRefusedWithItsStatus() {
    HttpRequest.Builder text =
        web.to("/form/1")
            .header("Idempotency-Key", "k")
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(SAVE));

    assertProblem(404, "OW702", web.get("/nobody/1"));
    assertProblem(404, "OW702", web.get("/form"));
    assertProblem(404, "OW702", web.get("/form/1/read-form/2"));
    assertProblem(404, "OW702", web.get("/form/1/save-form"));
    assertProblem(422, "OW707", web.ask("/form/1/read-form", "{}"));
    assertProblem(400, "OW706", web.ask("/form/1/read-form", "{"));
    assertProblem(405, "OW704", web.post("/form/1/read-form", "k", "{}"));
    HttpResponse<String> method = web.send(web.to("/form/1").DELETE());
    assertProblem(405, "OW704", method);
    assertEquals("GET, POST", method.headers().firstValue("Allow").orElse(""));
    assertProblem(406, "OW704", web.send(web.to("/form/1").header("Accept", "image/png")));
    assertProblem(415, "OW704", web.send(text));
    assertProblem(400, "OW101", web.get("/form/" + "x".repeat(201)));
    assertProblem(
        400,
        "OW706",
        web.send(
            web.to("/form/1").header("Accept", "text/event-stream").header("Last-Event-ID", "x")));
  }

  @Test
  void handlerThatThrows_isToldWithoutItsText() {
    HttpResponse<String> response = web.post("/form/1", "k", "{\"type\":\"stumble\"}");

    assertProblem(422, "OW106", response);
    assertFalse(response.body().contains("secret"), response.body());
    assertEquals(0, sequenceNumber("/form/1"));
  }

  @Test
  void message_notAnsweredInTime_isAnsweredWhenSentAgain() {
    String wait = "{\"type\":\"wait\"}";
    try (Onewrite other = Forms.node().set("onewrite.ask-timeout", "100ms").start();
        Gateway its =
            Gateway.of(other)
                .expose(Forms.FORM)
                .authorizer(Authorizer.ANYBODY)
                .bind("127.0.0.1", 0)) {
      Web there = new Web(its);

      HttpResponse<String> unknown = there.post("/form/1", "k", wait);
      Forms.GO.release();
      HttpResponse<String> answered = there.post("/form/1", "k", wait);
      while (answered.statusCode() == 503) {
        answered = there.post("/form/1", "k", wait);
      }

      assertProblem(503, "OW122", unknown);
      assertEquals("1", unknown.headers().firstValue("Retry-After").orElse(""));
      assertEquals("{\"type\":\"accepted\",\"data\":{\"saves\":0}}", answered.body());
      assertTrue(there.get("/form/1").body().contains("\"sequenceNumber\":1"));
    }
  }

  @Test
  void requests_beyondTheRate_areToldToWait() {
    try (Onewrite other =
            Forms.node()
                .set("onewrite.gateway.rate-burst", 2)
                .set("onewrite.gateway.rate-per-second", 1)
                .start();
        Gateway its =
            Gateway.of(other)
                .expose(Forms.FORM)
                .authorizer(Authorizer.ANYBODY)
                .bind("127.0.0.1", 0)) {
      Web there = new Web(its);
      HttpResponse<String> response = there.get("/form/1");
      for (int i = 0; i < 100 && response.statusCode() == 200; i++) {
        response = there.get("/form/1");
      }

      assertProblem(429, "OW709", response);
      assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
    }
  }

  @Test
  void routesOfOnesOwn_areServedBesideTheEntities() {
    Route hello = Directives.path("hello", () -> Directives.complete("hello"));
    try (Gateway its =
        Gateway.of(node)
            .expose(Forms.FORM)
            .authorizer(Authorizer.of(call -> Decision.forbid("no")))
            .routes(hello)
            .bind("127.0.0.1", 0)) {
      Web there = new Web(its);

      assertEquals("hello", there.get("/hello").body());
      assertEquals(404, there.get("/other").statusCode());
      assertProblem(403, "OW703", there.get("/form/1"));
    }
  }

  @Test
  void gateway_closedAfterItsNode_closesAllTheSame() {
    Onewrite other = Forms.node().start();
    Gateway its = Gateway.of(other).authorizer(Authorizer.ANYBODY).bind("127.0.0.1", 0);

    other.close();
    its.close();

    assertThrows(UncheckedIOException.class, () -> new Web(its).get("/form/1"));
  }

  @Test
  void value_outOfRange_stopsTheStart() {
    try (Onewrite other = Forms.node().set("onewrite.gateway.depth-max", 1).start()) {
      Gateway.Builder builder = Gateway.of(other).expose(Forms.FORM).authorizer(Authorizer.ANYBODY);

      RefusedException e = assertThrows(RefusedException.class, () -> builder.bind("127.0.0.1", 0));

      assertEquals("OW501", e.code());
    }
  }

  @Test
  void port_thatIsTaken_stopsTheStart() {
    Gateway.Builder builder = Gateway.of(node).expose(Forms.FORM).authorizer(Authorizer.ANYBODY);

    RefusedException e =
        assertThrows(
            RefusedException.class, () -> builder.bind("127.0.0.1", gateway.address().getPort()));

    assertEquals("OW701", e.code());
  }
}
