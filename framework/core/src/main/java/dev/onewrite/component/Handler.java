package dev.onewrite.component;

/** What a component does with a message. Throwing fails the turn: nothing of it is journaled. */
@FunctionalInterface
public interface Handler<S, C, E, T> {

  void handle(Turn<S, C, E> turn, T message) throws Exception;
}
