package dev.onewrite.gateway;

import dev.onewrite.component.OnewriteException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are answered. Nothing of it may be kept by a cache or guessed at by a browser. */
final class Responses {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite.gateway");

  private static final ContentType PROBLEM =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  private static final List<HttpHeader> ALWAYS =
      List.of(
          RawHeader.create("Cache-Control", "no-store"),
          RawHeader.create("X-Content-Type-Options", "nosniff"));

  private final Json json;

  Responses(Json json) {
    this.json = json;
  }

  HttpResponse json(Map<String, ?> members) {
    return HttpResponse.create()
        .withEntity(
            HttpEntities.create(
                ContentTypes.APPLICATION_JSON, ByteString.fromArray(json.object(members))))
        .addHeaders(ALWAYS);
  }

  HttpResponse events(Source<ByteString, ?> events) {
    return HttpResponse.create()
        .withEntity(
            HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), events))
        .addHeaders(ALWAYS);
  }

  HttpResponse nothing() {
    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeaders(ALWAYS);
  }

  HttpResponse problem(Problem problem) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "urn:onewrite:error:" + problem.code());
    members.put("title", title(problem.status()));
    members.put("status", problem.status());
    members.put("detail", problem.detail());
    members.put("code", problem.code());
    HttpResponse response =
        HttpResponse.create()
            .withStatus(problem.status())
            .withEntity(HttpEntities.create(PROBLEM, ByteString.fromArray(json.object(members))))
            .addHeaders(ALWAYS);
    return problem.retryable()
        ? response.addHeader(RawHeader.create("Retry-After", "1"))
        : response;
  }

  private static String title(int status) {
    return StatusCodes.lookup(status).map(known -> known.reason()).orElse("Problem");
  }

  /** Of whatever a request failed with. */
  HttpResponse failure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ProblemException known) {
      return problem(known.problem());
    }
    if (cause instanceof OnewriteException coded) {
      Problem problem = Problem.of(coded);
      if (problem.status() == 500) {
        LOG.warn("A request failed", coded);
      }
      return problem(problem);
    }
    LOG.error("A request failed", cause);
    return problem(Problem.unexpected());
  }
}
