package dev.onewrite.internal.pekko;

import dev.onewrite.component.Handling;
import dev.onewrite.internal.engine.Intake;
import dev.onewrite.internal.engine.OpenTurn;
import dev.onewrite.journal.Batch;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A turn whose handler runs: in the actor, on a thread of its own, or until its stage ends. */
final class RunningTurn<S, C, E> {

  private final long number;
  private final EntityMessage message;
  private final OpenTurn<S, C, E> turn;
  private final long startedNanos = System.nanoTime();
  private @Nullable Interruptible thread;

  RunningTurn(long number, EntityMessage message, OpenTurn<S, C, E> turn) {
    this.number = number;
    this.message = message;
    this.turn = turn;
  }

  /** Which turn of this actor it is: a late report of an abandoned one has another number. */
  long number() {
    return number;
  }

  EntityMessage message() {
    return message;
  }

  /** Runs the handler here and now; its failure, or null. */
  @Nullable Throwable runInline(Intake.Call<S, C, E> call) {
    try {
      call.handling().body().handle(turn, call.message());
      return null;
    } catch (Throwable e) { // whatever the handler throws fails its turn, not the actor
      return e;
    }
  }

  /** Starts the handler; {@code ended} is told of its end, with its failure or null. */
  void start(Intake.Call<S, C, E> call, Executor blocking, Consumer<@Nullable Throwable> ended) {
    if (call.handling().mode() == Handling.Mode.BLOCKING) {
      thread = new Interruptible(() -> invoke(call, ended));
      try {
        blocking.execute(thread);
      } catch (RejectedExecutionException e) { // the node is closing
        ended.accept(e);
      }
    } else {
      invoke(call, ended);
    }
  }

  private void invoke(Intake.Call<S, C, E> call, Consumer<@Nullable Throwable> ended) {
    try {
      CompletionStage<Void> stage = call.handling().body().handle(turn, call.message());
      // A handler that returns no stage fails here, and its turn with it.
      stage.whenComplete((done, failure) -> ended.accept(failure));
    } catch (Throwable e) { // whatever the handler throws fails its turn, not its thread
      ended.accept(e);
    }
  }

  boolean isLate(Duration timeout) {
    return System.nanoTime() - startedNanos > timeout.toNanos();
  }

  Batch close() {
    return turn.close();
  }

  /** Ends the turn without a batch, and its thread if it has one. */
  void abandon() {
    turn.abandon();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
