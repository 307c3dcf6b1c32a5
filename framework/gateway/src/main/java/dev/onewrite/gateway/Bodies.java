package dev.onewrite.gateway;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;

/** Reads bodies, up to their size and for as long as they may take. */
final class Bodies {

  private Bodies() {}

  static CompletionStage<byte[]> read(
      HttpRequest request, GatewaySettings settings, ActorSystem<?> system) {
    return request
        .entity()
        .withSizeLimit(settings.bodyBytesMax())
        .toStrict(settings.bodyWithin().toMillis(), system)
        .handle(
            (strict, failure) -> {
              if (failure != null) {
                throw new ProblemException(problem(failure, settings));
              }
              return strict.getData().toArray();
            });
  }

  private static Problem problem(Throwable failure, GatewaySettings settings) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof EntityStreamSizeException) {
      return Problem.of(
          413,
          "OW712",
          "The body is larger than the " + settings.bodyBytesMax() + " bytes that are taken.");
    }
    if (cause instanceof TimeoutException) {
      return Problem.of(
          408, "OW713", "The body did not arrive within " + settings.bodyWithin() + ".");
    }
    return Problem.of(400, "OW705", "The body broke off.");
  }
}
