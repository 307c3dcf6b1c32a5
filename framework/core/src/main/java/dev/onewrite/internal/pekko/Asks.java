package dev.onewrite.internal.pekko;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.scaladsl.AskPattern;
import org.apache.pekko.util.Timeout;
import scala.concurrent.ExecutionContext;

/** Questions to actors, answered by plain futures. */
final class Asks {

  /*
   * Pekko's own ask for Java answers with a stage whose every dependent runs in the JDK's common
   * pool. With two cores that pool has one thread, and the JDK then starts a new thread for each
   * dependent: several for each delivery, more than the delivery itself costs.
   */

  private final ActorSystem<?> system;

  Asks(ActorSystem<?> system) {
    this.system = system;
  }

  /** Completes on the thread that answers: for dependents of our own, which do not block. */
  <M, T> CompletableFuture<T> ask(
      ActorRef<M> actor, Function<ActorRef<T>, M> message, Duration within) {
    return ask(actor, message, within, ExecutionContext.parasitic$.MODULE$);
  }

  /** Completes on a thread of the actor system's dispatcher: for dependents of a caller's. */
  <M, T> CompletableFuture<T> askForCaller(
      ActorRef<M> actor, Function<ActorRef<T>, M> message, Duration within) {
    return ask(actor, message, within, system.executionContext());
  }

  private <M, T> CompletableFuture<T> ask(
      ActorRef<M> actor,
      Function<ActorRef<T>, M> message,
      Duration within,
      ExecutionContext completing) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    new AskPattern.Askable<>(actor)
        .<T>ask(message::apply, Timeout.create(within), system.scheduler())
        .onComplete(
            ended ->
                ended.isSuccess()
                    ? answer.complete(ended.get())
                    : answer.completeExceptionally(ended.failed().get()),
            completing);
    return answer;
  }
}
