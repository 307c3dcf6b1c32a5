package dev.onewrite.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.onewrite.Onewrite;
import dev.onewrite.component.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Nothing is allowed that nobody allowed, and nothing is kept of who asked. */
final class AccessTest {

  private static final String SAVE = "{\"type\":\"save-form\",\"data\":{\"text\":\"hello\"}}";

  @FunctionalInterface
  private interface Calls {
    void make(Web web) throws Exception;
  }

  private static void with(Authorizer authorizer, Calls calls) throws Exception {
    try (Onewrite node = Forms.node().set("onewrite.gateway.request-timeout", "500ms").start();
        Gateway gateway =
            Gateway.of(node).expose(Forms.FORM).authorizer(authorizer).bind("127.0.0.1", 0)) {
      calls.make(new Web(gateway));
    }
  }

  /** The statuses of a message, a question, a state and a stream. */
  private static List<Integer> statuses(Web web) {
    List<Integer> statuses = new ArrayList<>();
    statuses.add(web.post("/form/1", "k", SAVE).statusCode());
    statuses.add(web.ask("/form/1/read-form", "{\"most\":1}").statusCode());
    statuses.add(web.get("/form/1").statusCode());
    try (Events events = Events.open(web.to("/form/1"))) {
      statuses.add(events.status());
    }
    return statuses;
  }

  @Test
  void gateway_withoutAuthorizer_doesNotStart() {
    try (Onewrite node = Forms.node().start()) {
      Gateway.Builder builder = Gateway.of(node).expose(Forms.FORM);

      RefusedException e = assertThrows(RefusedException.class, () -> builder.bind("127.0.0.1", 0));

      assertEquals("OW701", e.code());
    }
  }

  @Test
  void component_thatIsNotExposed_cannotBeReached() throws Exception {
    try (Onewrite node = Forms.node().start();
        Gateway gateway = Gateway.of(node).authorizer(Authorizer.ANYBODY).bind("127.0.0.1", 0)) {
      assertEquals(List.of(404, 404, 404, 404), statuses(new Web(gateway)));
    }
  }

  @Test
  void typesNotNamed_cannotBeReached() throws Exception {
    try (Onewrite node = Forms.node().start();
        Gateway gateway =
            Gateway.of(node)
                .exposeOnly(Forms.FORM, Forms.Touch.class)
                .authorizer(Authorizer.ANYBODY)
                .bind("127.0.0.1", 0)) {
      assertEquals(List.of(422, 404, 200, 200), statuses(new Web(gateway)));
      assertEquals(204, new Web(gateway).post("/form/1", "t", "{\"type\":\"touch\"}").statusCode());
    }
  }

  @Test
  void callers_areAskedAboutEachTime_andToldWhatWasDecided() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    with(
        Authorizer.of(
            call -> {
              asked.add(call.toString());
              return Decision.forbid("not you");
            }),
        web -> assertEquals(List.of(403, 403, 403, 403), statuses(web)));
    with(
        Authorizer.of(call -> Decision.unknown("Bearer")),
        web -> {
          assertEquals(List.of(401, 401, 401, 401), statuses(web));
          assertEquals(
              "Bearer", web.get("/form/1").headers().firstValue("WWW-Authenticate").orElse(""));
        });

    assertEquals(
        List.of(
            "SEND form|1 save-form from 127.0.0.1",
            "ASK form|1 read-form from 127.0.0.1",
            "OBSERVE form|1 from 127.0.0.1",
            "OBSERVE form|1 from 127.0.0.1"),
        asked);
  }

  @Test
  void authorizer_thatDoesNotDecide_hasAllowedNothing() throws Exception {
    List<Authorizer> undecided =
        List.of(
            call -> {
              throw new IllegalStateException("no database");
            },
            call -> CompletableFuture.failedFuture(new IllegalStateException("no database")),
            call -> new CompletableFuture<>(),
            call -> CompletableFuture.completedFuture(null));
    for (Authorizer authorizer : undecided) {
      with(
          authorizer,
          web -> {
            assertEquals(503, web.post("/form/1", "k", SAVE).statusCode());
            HttpResponse<String> state = web.get("/form/1");
            assertEquals(503, state.statusCode());
            assertEquals("1", state.headers().firstValue("Retry-After").orElse(""));
          });
    }
  }

  @Test
  void secretsOfCallers_areInNoFileOfTheStoreAndInNoLog(@TempDir Path directory) throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    List<String> shown = new CopyOnWriteArrayList<>();
    try (Onewrite node =
            Onewrite.builder()
                .component(Forms.FORM)
                .durability("sqlite")
                .directory(directory)
                .start();
        Gateway gateway =
            Gateway.of(node)
                .expose(Forms.FORM)
                .authorizer(
                    Authorizer.of(
                        call -> {
                          shown.add(call.header("Authorization").orElse(""));
                          return Decision.allow();
                        }))
                .bind("127.0.0.1", 0)) {
      Web web = new Web(gateway);
      String body = "{\"type\":\"save-form\",\"data\":{\"text\":\"kept-text\"}}";
      web.send(
          web.message("/form/1", "kept-key", body)
              .header("Authorization", "Bearer s3cr3t-token")
              .header("Cookie", "session=s3cr3t-cookie"));
      web.send(
          web.message("/form/1", "odd", "{\"type\":\"stumble\"}")
              .header("Authorization", "Bearer s3cr3t, which is no token")
              .header("Cookie", "s3cr3t"));
    } finally {
      root.detachAppender(log);
    }

    assertEquals("Bearer s3cr3t-token", shown.get(0));
    assertEquals(2, shown.size());
    assertTrue(log.list.stream().anyMatch(event -> event.getFormattedMessage().contains("form|1")));
    assertFalse(
        log.list.stream().anyMatch(event -> event.getFormattedMessage().contains("s3cr3t")));
    assertTrue(isAnywhereIn(directory, "kept-text") && isAnywhereIn(directory, "kept-key"));
    assertFalse(isAnywhereIn(directory, "s3cr3t"));
  }

  private static boolean isAnywhereIn(Path directory, String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, text));
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
