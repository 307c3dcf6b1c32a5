package dev.onewrite.gateway;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/** What is no HTTP, or too much of it, is answered as a problem too; then it is closed. */
final class Malformed extends ParsingErrorHandler {

  /** Where Pekko HTTP, which expects a Scala object of the class it is told, looks for it. */
  static final Malformed MODULE$ = new Malformed();

  private Malformed() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    String detail = Shown.of(info.summary());
    return Responses.problem(
        switch (status.intValue()) {
          case 413 -> Trouble.TOO_LARGE.refusal(detail);
          case 414 -> Trouble.URI_TOO_LONG.refusal(detail);
          case 431 -> Trouble.HEADERS_TOO_LARGE.refusal(detail);
          case 501 -> Trouble.METHOD.refusal(detail).with("Allow", "GET, POST");
          default -> Trouble.MALFORMED.refusal(detail);
        });
  }
}
