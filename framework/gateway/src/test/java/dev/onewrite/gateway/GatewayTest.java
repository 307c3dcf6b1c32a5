package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.component.RefusedException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.server.Directives;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients are answered. */
final class GatewayTest {

  private static Onewrite node;
  private static Gateway gateway;
  private static Client client;

  @BeforeAll
  static void start() {
    node = Notes.node().start();
    gateway =
        Gateway.of(node)
            .expose(Notes.NOTE)
            .authorizer(Authorizer.everybody())
            .routes(
                Directives.path("version", () -> Directives.get(() -> Directives.complete("7"))))
            .bind("127.0.0.1", 0);
    client = new Client(gateway);
  }

  @AfterAll
  static void end() {
    gateway.close();
    node.close();
  }

  @Test
  void message_withAReply_isAnsweredWithIt() {
    HttpResponse<String> reply = client.post("/note/reply", "{'type':'write','data':{'text':'a'}}");

    assertEquals(200, reply.statusCode(), reply::body);
    assertEquals(json("{'type':'written','data':{'writes':1,'last':'a'}}"), reply.body());
    assertEquals("application/json", reply.headers().firstValue("content-type").orElse(""));
    assertEquals("no-store", reply.headers().firstValue("cache-control").orElse(""));
  }

  @Test
  void message_withoutAReply_is204AndDone() {
    HttpResponse<String> reply = client.post("/note/silent", "{'type':'touch'}");

    assertEquals(204, reply.statusCode(), reply::body);
    assertEquals(1, writes(client, "silent"));
  }

  @Test
  void message_againUnderItsKey_getsTheFirstReplyAndDoesNothing() {
    String first = client.post("/note/twice", "k1", "{'type':'write','data':{'text':'a'}}").body();
    String again = client.post("/note/twice", "k1", "{'type':'write','data':{'text':'a'}}").body();
    String quoted =
        client.post("/note/twice", "\"k1\"", "{'type':'write','data':{'text':'a'}}").body();

    assertEquals(first, again);
    assertEquals(first, quoted);
    assertEquals(1, writes(client, "twice"));
  }

  @Test
  void message_ofAllKinds_comesBackAsItWasSent() {
    String priced =
        json(
            "{'type':'priced','data':{'price':1234567890.123456789012345,"
                + "'at':'2026-01-02T03:04:05.000000006Z','numbers':[1,2]}}");

    assertEquals(priced, client.post("/note/kinds", priced).body());
    assertEquals(
        json("{'type':'colour','data':'RED'}"),
        client.post("/note/kinds", "{'type':'colour','data':'RED'}").body());
  }

  @Test
  void question_isAnsweredFromCommittedState() {
    client.post("/note/question", "{'type':'write','data':{'text':'hello'}}");

    HttpResponse<String> answer = client.get("/note/question/read?data=" + url("{\"from\":2}"));

    assertEquals(200, answer.statusCode(), answer::body);
    assertEquals(json("{'type':'written','data':{'writes':0,'last':'llo'}}"), answer.body());
  }

  @Test
  void state_isTheCommittedOne() {
    client.post("/note/state", "{'type':'write','data':{'text':'x'}}");

    HttpResponse<String> state = client.get("/note/state");

    assertEquals(200, state.statusCode(), state::body);
    assertEquals(
        json("{'sequenceNumber':1,'active':['active'],'context':{'writes':1,'text':'x'}}"),
        state.body());
  }

  @Test
  void state_ofAnEntityThatNeverWas_isTheInitialOne() {
    assertEquals(
        json("{'sequenceNumber':0,'active':['active'],'context':{'writes':0,'text':''}}"),
        client.get("/note/never-was").body());
  }

  @Test
  void id_withSlashAndUmlaut_isTheEntityOfThatId() {
    client.post("/note/a%2Fb%C3%BC", "{'type':'touch'}");

    assertEquals(1, writes(client, "a%2Fb%C3%BC"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400|OW705|not json",
        "400|OW705|[]",
        "400|OW705|{'type':'write'}x",
        "400|OW705|{'data':{}}",
        "400|OW705|{'type':7,'data':{}}",
        "400|OW705|{'type':'write','type':'touch','data':{'text':'a'}}",
        "400|OW705|{'type':'write','data':{'text':'a'},'more':1}",
        "400|OW705|{'type':'write','data':{'text':'a','more':1}}",
        "400|OW705|{'type':'write','data':{'text':7}}",
        "400|OW705|{'type':'write','data':null}",
        "400|OW705|{'type':'write','data':'a'}",
        "400|OW705|{'type':'nobody-takes-it','data':{}}",
        "400|OW705|{'type':'dev.onewrite.gateway.Notes$Write','data':{'text':'a'}}",
        "400|OW705|{'type':'read','data':{'from':0}}",
        "422|NOTE1|{'type':'refuse'}",
        "503|NOTE2|{'type':'busy'}",
        "500|OW106|{'type':'throw'}",
      })
  void message_thatIsNotTaken_isAProblemAndChangesNothing(int status, String code, String body) {
    HttpResponse<String> problem = client.post("/note/refused", body);

    assertEquals(status, problem.statusCode(), problem::body);
    assertTrue(problem.body().contains("\"code\":\"" + code + "\""), problem::body);
    assertTrue(problem.body().contains("\"type\":\"urn:onewrite:error:" + code), problem::body);
    assertEquals(
        "application/problem+json", problem.headers().firstValue("content-type").orElse(""));
    assertEquals(status == 503, problem.headers().firstValue("retry-after").isPresent());
    assertFalse(problem.body().contains("secret"), problem::body);
    assertEquals(0, writes(client, "refused"));
  }

  @ParameterizedTest
  @CsvSource({
    "404, OW702, GET, /",
    "404, OW702, GET, /nothing",
    "404, OW702, GET, /hidden/h1",
    "404, OW702, POST, /hidden/h1",
    "404, OW702, GET, /note/n/no-such-question",
    "404, OW702, GET, /note/n/write",
    "404, OW702, GET, /note/n/read/more",
    "405, OW704, DELETE, /note/n",
    "405, OW704, PUT, /note/n",
    "405, OW704, POST, /note/n/read",
    "400, OW705, GET, /note/n/read",
    "400, OW101, GET, /note/%00",
    "400, OW703, POST, /note/n",
  })
  void request_toWhatIsNotThere_isAProblem(int status, String code, String method, String path) {
    HttpResponse<String> problem =
        client.send(
            client
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString("{}")));

    assertEquals(status, problem.statusCode(), problem::body);
    assertTrue(problem.body().contains("\"code\":\"" + code + "\""), problem::body);
  }

  @Test
  void body_ofAnotherType_is415() {
    HttpResponse<String> problem =
        client.send(
            client
                .request("/note/n")
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"touch\"}")));

    assertEquals(415, problem.statusCode(), problem::body);
  }

  @Test
  void routes_ofTheApplication_areServedBesideTheScript() {
    assertEquals("7", client.get("/version").body());
    HttpResponse<String> script = client.get("/onewrite.js");
    assertEquals(200, script.statusCode());
    assertTrue(script.headers().firstValue("content-type").orElse("").contains("javascript"));
  }

  @Test
  void authorizer_decidesBeforeTheEntityHears() {
    List<Access> asked = new ArrayList<>();
    Authorizer byHeader =
        access -> {
          asked.add(access);
          return CompletableFuture.completedFuture(
              access
                  .request()
                  .getHeader("Authorization")
                  .map(
                      header ->
                          header.value().equals("Basic YWxsb3c6")
                              ? Authorizer.Verdict.ALLOW
                              : Authorizer.Verdict.FORBIDDEN)
                  .orElse(Authorizer.Verdict.UNAUTHENTICATED));
        };
    try (Gateway guarded =
        Gateway.of(node).expose(Notes.NOTE).authorizer(byHeader).bind("127.0.0.1", 0)) {
      Client outside = new Client(guarded);

      assertEquals(401, outside.post("/note/guarded", "{'type':'touch'}").statusCode());
      assertEquals(401, outside.get("/note/guarded").statusCode());
      assertEquals(401, outside.get("/note/guarded/read?data=" + url("{\"from\":0}")).statusCode());
      assertEquals(403, withPassword(outside, "Basic eDp5").statusCode());
      assertEquals(0, writes(client, "guarded"));
      assertEquals(204, withPassword(outside, "Basic YWxsb3c6").statusCode());
      assertEquals(1, writes(client, "guarded"));
      assertEquals(Access.Kind.SEND, asked.get(0).kind());
      assertEquals("touch", asked.get(0).type().orElse(""));
      assertEquals("guarded", asked.get(0).address().entityId());
      assertEquals(Access.Kind.WATCH, asked.get(1).kind());
      assertEquals(Access.Kind.ASK, asked.get(2).kind());
    }
  }

  private static HttpResponse<String> withPassword(Client outside, String password) {
    return outside.send(
        outside
            .request("/note/guarded")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "k" + password.length())
            .header("Authorization", password)
            .header("Cookie", "session=cookie-of-mine")
            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"touch\"}")));
  }

  @Test
  void authorizer_thatFails_denies() {
    try (Gateway guarded =
        Gateway.of(node)
            .expose(Notes.NOTE)
            .authorizer(
                access -> {
                  throw new IllegalStateException("no connection to the directory");
                })
            .bind("127.0.0.1", 0)) {
      HttpResponse<String> problem = new Client(guarded).post("/note/failing", "{'type':'touch'}");

      assertEquals(500, problem.statusCode());
      assertFalse(problem.body().contains("directory"), problem::body);
      assertEquals(0, writes(client, "failing"));
    }
  }

  @Test
  void component_exposedInPart_takesThatPartOnly() {
    try (Gateway part =
        Gateway.of(node)
            .expose(Notes.NOTE, Notes.Touch.class)
            .authorizer(Authorizer.everybody())
            .bind("127.0.0.1", 0)) {
      Client outside = new Client(part);

      assertEquals(204, outside.post("/note/part", "{'type':'touch'}").statusCode());
      assertEquals(400, outside.post("/note/part", "{'type':'erase'}").statusCode());
      assertEquals(404, outside.get("/note/part/read?data=" + url("{\"from\":0}")).statusCode());
      assertEquals(1, writes(client, "part"));
    }
  }

  @Test
  void headers_ofARequest_areNowhereInTheStore(@TempDir Path directory) throws IOException {
    try (Onewrite stored = Notes.node().durability("sqlite").directory(directory).start();
        Gateway open =
            Gateway.of(stored)
                .expose(Notes.NOTE)
                .authorizer(Authorizer.everybody())
                .bind("127.0.0.1", 0)) {
      assertEquals(204, withPassword(new Client(open), "Basic c2VjcmV0").statusCode());
    }

    boolean keyFound = false;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("c2VjcmV0"), file::toString);
        assertFalse(bytes.contains("cookie-of-mine"), file::toString);
        keyFound |= bytes.contains("k" + "Basic c2VjcmV0".length());
      }
    }
    assertTrue(keyFound, "the request's key is not in the store either: is that the right store?");
  }

  @Test
  void gateway_thatMustNotRun_saysWhy() {
    Gateway.Builder open = Gateway.of(node).expose(Notes.NOTE);
    assertCode("OW715", () -> open.bind("127.0.0.1", 0));
    open.authorizer(Authorizer.everybody());
    assertCode("OW716", () -> open.bind("127.0.0.1", gateway.address().getPort()));
    assertCode("OW714", () -> open.expose(Notes.NOTE, String.class, Notes.Hidden.class));
    try (Onewrite wrong = Notes.node().set("onewrite.gateway.streams-max", 0).start()) {
      assertCode(
          "OW701", () -> Gateway.of(wrong).authorizer(Authorizer.everybody()).bind("127.0.0.1", 0));
    }
  }

  private static void assertCode(String code, Runnable call) {
    assertEquals(code, assertThrows(RefusedException.class, call::run).code());
  }

  static int writes(Client client, String id) {
    String state = client.get("/note/" + id).body();
    return Integer.parseInt(state.replaceAll(".*\"writes\":(\\d+).*", "$1"));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
