package dev.onewrite.gateway;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;

/** Reads bodies: all of one, in time, or a refusal. */
final class Bodies {

  private final Settings settings;
  private final Materializer materializer;

  Bodies(Settings settings, Materializer materializer) {
    this.settings = settings;
    this.materializer = materializer;
  }

  CompletionStage<byte[]> read(HttpRequest request) {
    if (request.entity().getContentLengthOption().orElse(0) > settings.bodyBytesMax()) {
      throw tooLarge();
    }
    // The length of one that does not say it is watched by the parser: no second limit here.
    return request
        .entity()
        .toStrict(settings.bodyTimeout().toMillis(), Long.MAX_VALUE, materializer)
        .thenApply(entity -> entity.getData().toArray())
        .exceptionally(
            failure -> {
              throw unread(Refusal.unwrapped(failure));
            });
  }

  private Refusal unread(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return Trouble.BODY_TOO_SLOW.refusal(
          "It was not all there within " + settings.bodyTimeout().toMillis() + " ms.");
    }
    return failure instanceof EntityStreamSizeException
        ? tooLarge()
        : Trouble.MALFORMED.refusal("The body broke off, or its chunks are none.");
  }

  private Refusal tooLarge() {
    return Trouble.TOO_LARGE.refusal("A body has " + settings.bodyBytesMax() + " bytes at most.");
  }
}
