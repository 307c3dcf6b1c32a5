package dev.onewrite.projection;

import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What came of one attempt at one delivery. No answer means perhaps handled. */
record Attempted(Rules.Ended ended, String reason) {

  /** Tries once. The stage never fails. */
  static CompletionStage<Attempted> at(Group group, Delivery delivery) {
    return answer(group, delivery).handle((answer, failure) -> of(delivery, answer, failure));
  }

  /**
   * Tries once and waits no longer than {@code within} for the answer; a later one is not heard.
   */
  static CompletionStage<Attempted> at(Group group, Delivery delivery, Duration within) {
    return answer(group, delivery)
        .toCompletableFuture()
        .copy()
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .handle((answer, failure) -> of(delivery, answer, failure));
  }

  private static CompletionStage<Answer> answer(Group group, Delivery delivery) {
    try {
      return group.deliver(delivery);
    } catch (RuntimeException e) { // refused at the call: as good as unanswered
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Attempted of(
      Delivery delivery, @Nullable Answer answer, @Nullable Throwable failure) {
    if (answer == null || failure != null) {
      return new Attempted(Rules.Ended.SILENT, silence(failure));
    }
    if (!answer.answers(delivery)) {
      return new Attempted(Rules.Ended.SILENT, "the answer was for another delivery");
    }
    return new Attempted(
        switch (answer.kind()) {
          case HANDLED -> Rules.Ended.HANDLED;
          case SETTLED -> Rules.Ended.SETTLED;
          case FAILED -> Rules.Ended.FAILED;
          case REFUSED -> Rules.Ended.REFUSED;
        },
        answer.reason());
  }

  private static String silence(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException ? "it has not answered in time" : "" + cause;
  }

  /** The attempts of its message, with this one. */
  Attempts after(Attempts before, Instant now) {
    Attempts.Note note = new Attempts.Note(now, reason);
    return switch (ended) {
      case HANDLED, SETTLED -> before;
      case FAILED, REFUSED -> before.failed(note);
      case SILENT -> before.silent(note);
    };
  }
}
