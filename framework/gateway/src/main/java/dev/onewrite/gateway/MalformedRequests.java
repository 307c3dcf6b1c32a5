package dev.onewrite.gateway;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers what is no HTTP request. Public for Pekko HTTP, which makes it by its name.
 *
 * <p>A method or version that nobody knows is the client's mistake here and no 501 or 505: the
 * server has not failed, and alarms on its failures stay silent.
 */
public final class MalformedRequests extends ParsingErrorHandler {

  private static final Responses RESPONSES = new Responses(new Json(1, 1));

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    log.debug("No request: {}", error.formatPretty());
    int code = status.intValue() < 500 ? status.intValue() : 400;
    return RESPONSES.problem(Problem.of(code, "OW705", error.summary()));
  }
}
