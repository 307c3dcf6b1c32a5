package dev.onewrite.demo.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.journal.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * What the page needs besides the gateway: itself, the journal's last batches, and its own death.
 *
 * <pre>
 *   GET  /                          the page
 *   GET  /journal/{component}/{id}  the last batches of an entity, as JSON
 *   POST /kill                      SIGKILL to this process
 * </pre>
 */
final class PageRoutes {

  /** Where the page's files are. */
  private static final String FILES = "dev/onewrite/demo/web/";

  /** 12: as many as the strip shows. */
  private static final int BATCHES_MAX = 12;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Onewrite onewrite;
  private final ExecutorService reading =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "journal-reading");
            thread.setDaemon(true);
            return thread;
          });

  PageRoutes(Onewrite onewrite) {
    this.onewrite = onewrite;
  }

  Route route() {
    return Directives.respondWithHeaders(
        List.of(
            RawHeader.create("Content-Security-Policy", POLICY),
            RawHeader.create("Referrer-Policy", "no-referrer")),
        () ->
            Directives.concat(
                file(PathMatchers.segment("page.js"), "page.js"),
                file(PathMatchers.segment("page.css"), "page.css"),
                file(PathMatchers.segment("icon.svg"), "icon.svg"),
                Directives.pathSingleSlash(
                    () -> Directives.get(() -> Directives.getFromResource(FILES + "index.html"))),
                journal(),
                kill()));
  }

  private static Route file(org.apache.pekko.http.javadsl.server.PathMatcher0 path, String name) {
    return Directives.path(
        path, () -> Directives.get(() -> Directives.getFromResource(FILES + name)));
  }

  private Route journal() {
    return Directives.path(
        PathMatchers.segment("journal").slash(PathMatchers.segment()).slash(PathMatchers.segment()),
        (component, id) ->
            Directives.get(
                () ->
                    Directives.completeWithFuture(
                        CompletableFuture.supplyAsync(
                            () -> batches(new Address(component, id)), reading))));
  }

  private HttpResponse batches(Address entity) {
    List<Batch> history = onewrite.history(entity);
    List<Map<String, Object>> last = new ArrayList<>();
    for (int i = Math.max(0, history.size() - BATCHES_MAX); i < history.size(); i++) {
      last.add(Inspection.plain(i + 1L, history.get(i)));
    }
    try {
      return HttpResponse.create()
          .withEntity(
              HttpEntities.create(ContentTypes.APPLICATION_JSON, MAPPER.writeValueAsBytes(last)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only a page of this origin can send the header, so no other one can kill. */
  private static Route kill() {
    return Directives.path(
        "kill",
        () ->
            Directives.post(
                () ->
                    Directives.headerValueByName(
                        "X-Kill",
                        meant -> {
                          kill9();
                          return Directives.complete(StatusCodes.ACCEPTED);
                        })));
  }

  private static void kill9() {
    try {
      new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
