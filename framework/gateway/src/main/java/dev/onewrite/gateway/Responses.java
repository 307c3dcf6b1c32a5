package dev.onewrite.gateway;

import dev.onewrite.journal.Payload;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Answers as HTTP has them. None may be stored on the way, none be taken for another type. */
final class Responses {

  private static final ContentType PROBLEM =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();
  private static final ContentType EVENTS = MediaTypes.TEXT_EVENT_STREAM.toContentType();

  private Responses() {}

  /** What was replied or answered; nothing where there was no reply. */
  static HttpResponse value(Optional<Payload> reply) {
    return reply.map(payload -> json(Json.value(payload))).orElseGet(() -> plain().withStatus(204));
  }

  static HttpResponse json(byte[] json) {
    return of(HttpEntities.create(ContentTypes.APPLICATION_JSON, json));
  }

  static HttpResponse events(Source<ByteString, NotUsed> events) {
    return of(HttpEntities.createChunked(EVENTS, events));
  }

  static HttpResponse script(byte[] script) {
    return of(
        HttpEntities.create(
            ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8), script));
  }

  static HttpResponse problem(Refusal refusal) {
    HttpResponse response =
        of(HttpEntities.create(PROBLEM, Json.problem(refusal))).withStatus(refusal.status());
    return refusal.headers().entrySet().stream()
        .reduce(
            response,
            (r, header) -> r.addHeader(RawHeader.create(header.getKey(), header.getValue())),
            (one, other) -> one);
  }

  private static HttpResponse of(ResponseEntity entity) {
    return plain().withEntity(entity);
  }

  private static HttpResponse plain() {
    return HttpResponse.create()
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
  }
}
