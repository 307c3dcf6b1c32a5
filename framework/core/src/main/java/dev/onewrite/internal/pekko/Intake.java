package dev.onewrite.internal.pekko;

import dev.onewrite.component.Component;
import dev.onewrite.component.Handling;
import dev.onewrite.internal.engine.EntityState;
import dev.onewrite.internal.engine.OpenTurn;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Delivery;
import java.util.Optional;

/** Opens the turn of a message that is new, and finds the handler it goes to. */
final class Intake<S, C, E> {

  private final Component.Definition<S, C, E> definition;
  private final Environment environment;

  Intake(Component.Definition<S, C, E> definition, Environment environment) {
    this.definition = definition;
    this.environment = environment;
  }

  /**
   * An open turn and what is to be done in it.
   *
   * @param handler absent where the machine alone was concerned, and is done
   */
  record Opening<S, C, E>(OpenTurn<S, C, E> turn, Optional<Call<S, C, E>> handler) {}

  /** A handler with the message it gets. */
  record Call<S, C, E>(Handling<S, C, E, Object> handling, Object message) {}

  Opening<S, C, E> delivery(EntityState<S, C, E> state, Delivery delivery) {
    Object message = environment.payloads().decode(delivery.outgoing().payload());
    return handled(
        state,
        delivery.cause(),
        delivery.outgoing() instanceof Outgoing.Emitted
            ? Reaction.subscribed(definition, message)
            : Reaction.handling(definition, message),
        message);
  }

  /** The answer, if {@code question} is a read-only one. */
  Optional<Payload> answer(EntityState<S, C, E> state, Object question) {
    return Reaction.answering(definition, question)
        .map(answering -> environment.payloads().encode(answering.body().answer(state, question)));
  }

  Object decode(Payload payload) {
    return environment.payloads().decode(payload);
  }

  Opening<S, C, E> request(EntityState<S, C, E> state, String requestId, Object message) {
    return handled(
        state, new Cause.Requested(requestId), Reaction.handling(definition, message), message);
  }

  Opening<S, C, E> timer(EntityState<S, C, E> state, Cause.Fired cause, boolean skip) {
    Optional<Payload> named = state.timerMessage(cause.timerId());
    if (named.isPresent() && !skip) {
      Object message = environment.payloads().decode(named.get());
      return handled(state, cause, Reaction.handling(definition, message), message);
    }
    OpenTurn<S, C, E> turn = turn(state, cause);
    if (skip) {
      turn.skip(cause.timerId());
    } else {
      turn.fire(cause.timerId());
    }
    return new Opening<>(turn, Optional.empty());
  }

  Opening<S, C, E> result(EntityState<S, C, E> state, Cause.Completed cause, Payload payload) {
    Object result = environment.payloads().decode(payload);
    if (!state.machine().activities().contains(cause.activityId())) {
      return handled(state, cause, Reaction.result(definition, result), result);
    }
    OpenTurn<S, C, E> turn = turn(state, cause);
    turn.complete(cause.activityId(), result);
    return new Opening<>(turn, Optional.empty());
  }

  private Opening<S, C, E> handled(
      EntityState<S, C, E> state, Cause cause, Handling<S, C, E, Object> handling, Object message) {
    return new Opening<>(turn(state, cause), Optional.of(new Call<>(handling, message)));
  }

  private OpenTurn<S, C, E> turn(EntityState<S, C, E> state, Cause cause) {
    return new OpenTurn<>(state, cause, environment.clock().instant(), environment.turns());
  }
}
