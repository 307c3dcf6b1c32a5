package dev.onewrite.internal.engine;

import dev.onewrite.component.Answering;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.component.Handling;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.Subscription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of a component's handlers takes a decoded message. */
final class Reaction {

  private Reaction() {}

  /** The handler of a message from outside or from {@code turn.send}. */
  static <S, C, E> Handling<S, C, E, Object> handling(
      Component.Definition<S, C, E> definition, Object message) {
    Handling<S, C, E, Object> found = first(definition.handlings(), message);
    if (found != null) {
      return found;
    }
    throw new RefusedException(
        "OW105",
        "Component \""
            + definition.name()
            + "\" has no handler for "
            + message.getClass().getSimpleName()
            + ". Nothing was journaled. Give it on(...), onBlocking(...) or answer(...).");
  }

  /** The handler of an emitted event. */
  @SuppressWarnings("unchecked") // a handling's type is the type of what it takes
  static <S, C, E> Handling<S, C, E, Object> subscribed(
      Component.Definition<S, C, E> definition, Object event) {
    for (Subscription<S, C, E, ?> subscription : definition.subscriptions()) {
      if (subscription.type().isInstance(event)) {
        return (Handling<S, C, E, Object>) subscription.handling();
      }
    }
    // The group routed it here by the same list; only another release could have.
    throw new BrokenException(
        "OW105",
        "Component \""
            + definition.name()
            + "\" does not subscribe to "
            + event.getClass().getSimpleName()
            + ", which was delivered to it. Run one release on all nodes.");
  }

  /** The handler of what an activity returned, or of its failure. */
  static <S, C, E> Handling<S, C, E, Object> result(
      Component.Definition<S, C, E> definition, Object result) {
    Handling<S, C, E, Object> found = first(definition.results(), result);
    if (found != null) {
      return found;
    }
    throw new RefusedException(
        "OW105",
        "Component \""
            + definition.name()
            + "\" has no handler for the result "
            + result.getClass().getSimpleName()
            + " of an activity. It is brought again until there is one. Give it onResult(...).");
  }

  @SuppressWarnings("unchecked") // a handling's type is the type of what it takes
  private static <S, C, E> @Nullable Handling<S, C, E, Object> first(
      List<Handling<S, C, E, ?>> handlings, Object message) {
    for (Handling<S, C, E, ?> handling : handlings) {
      if (handling.type().isInstance(message)) {
        return (Handling<S, C, E, Object>) handling;
      }
    }
    return null;
  }

  /** The answerer of a read-only question, if {@code message} is one. */
  @SuppressWarnings("unchecked") // an answering's type is the type of what it takes
  static <S, C, E> Optional<Answering<S, C, Object>> answering(
      Component.Definition<S, C, E> definition, Object message) {
    for (Answering<S, C, ?> answering : definition.answerings()) {
      if (answering.type().isInstance(message)) {
        return Optional.of((Answering<S, C, Object>) answering);
      }
    }
    return Optional.empty();
  }
}
