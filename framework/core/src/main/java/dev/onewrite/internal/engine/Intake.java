package dev.onewrite.internal.engine;

import dev.onewrite.component.Component;
import dev.onewrite.component.Handling;
import dev.onewrite.internal.codec.Fingerprint;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Delivery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the turn of a message that is new, and finds the handler it goes to. */
public final class Intake<S, C, E> {

  private final Component.Definition<S, C, E> definition;
  private final Surroundings surroundings;
  private final InstantSource clock;

  public Intake(
      Component.Definition<S, C, E> definition, Surroundings surroundings, InstantSource clock) {
    this.definition = definition;
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /**
   * An open turn and what is to be done in it.
   *
   * @param handler absent where the machine alone was concerned, and is done
   */
  public record Opening<S, C, E>(OpenTurn<S, C, E> turn, Optional<Call<S, C, E>> handler) {}

  /** A handler with the message it gets. */
  public record Call<S, C, E>(Handling<S, C, E, Object> handling, Object message) {}

  public Opening<S, C, E> delivery(EntityState<S, C, E> state, Delivery delivery) {
    Object message = surroundings.payloads().decode(delivery.outgoing().payload());
    Handling<S, C, E, Object> handling =
        delivery.outgoing() instanceof Outgoing.Emitted
            ? Reaction.subscribed(definition, message)
            : Reaction.handling(definition, message);
    return handled(turn(state, delivery.cause()), handling, message);
  }

  /**
   * The batch that says that a delivery was refused for good. It changes nothing; but as the first
   * of its entity it does what the initial state does, as any first batch.
   */
  public Batch refusal(EntityState<S, C, E> state, Cause.Delivered cause, String reason) {
    return turn(state, cause).close().refused(Attempts.Note.shortened(reason));
  }

  /** The answer, if {@code question} is a read-only one. */
  public Optional<Payload> answer(EntityState<S, C, E> state, Object question) {
    return Reaction.answering(definition, question)
        .map(answering -> surroundings.payloads().encode(answering.body().answer(state, question)));
  }

  public Object decode(Payload payload) {
    return surroundings.payloads().decode(payload);
  }

  /** The cause of a request with {@code message}. */
  public Cause.Requested requested(String requestId, Payload message) {
    return new Cause.Requested(requestId, Fingerprint.of(message));
  }

  /**
   * Checks that a request may be answered or handled: {@link Requests#check}.
   *
   * @param retainedFor how old an id may be that is not remembered
   */
  public void check(EntityState<S, C, E> state, Cause.Requested cause, Duration retainedFor) {
    Requests.Times times =
        new Requests.Times(clock.instant(), retainedFor, surroundings.requestsAheadMax());
    state.requests().check(state.self(), cause, times);
  }

  public Payload encode(Object message) {
    return surroundings.payloads().encode(message);
  }

  public Opening<S, C, E> request(
      EntityState<S, C, E> state, Cause.Requested cause, Object message) {
    OpenTurn<S, C, E> turn = turn(state, cause);
    return handled(turn, Reaction.handling(definition, message), message);
  }

  public Opening<S, C, E> timer(EntityState<S, C, E> state, Cause.Fired cause, boolean skip) {
    Optional<Payload> named = state.timerMessage(cause.timerId());
    if (named.isPresent() && !skip) {
      Object message = surroundings.payloads().decode(named.get());
      return handled(turn(state, cause), Reaction.handling(definition, message), message);
    }
    OpenTurn<S, C, E> turn = turn(state, cause);
    if (skip) {
      turn.skip(cause.timerId());
    } else {
      turn.fire(cause.timerId());
    }
    return new Opening<>(turn, Optional.empty());
  }

  public Opening<S, C, E> result(
      EntityState<S, C, E> state, Cause.Completed cause, Payload payload) {
    if (state.drops(cause.activityId())) {
      return new Opening<>(turn(state, cause), Optional.empty());
    }
    Object result = surroundings.payloads().decode(payload);
    if (!state.awaitedByMachine(cause.activityId())) {
      return handled(turn(state, cause), Reaction.result(definition, result), result);
    }
    OpenTurn<S, C, E> turn = turn(state, cause);
    turn.complete(cause.activityId(), result);
    return new Opening<>(turn, Optional.empty());
  }

  /**
   * The batch that says that this release's machine drops an activity: as a result without effect.
   */
  public Batch dropped(EntityState<S, C, E> state, Cause.Completed cause) {
    return turn(state, cause).close();
  }

  private Opening<S, C, E> handled(
      OpenTurn<S, C, E> turn, Handling<S, C, E, Object> handling, Object message) {
    return new Opening<>(turn, Optional.of(new Call<>(handling, message)));
  }

  private OpenTurn<S, C, E> turn(EntityState<S, C, E> state, Cause cause) {
    return new OpenTurn<>(state, cause, clock.instant(), surroundings);
  }
}
