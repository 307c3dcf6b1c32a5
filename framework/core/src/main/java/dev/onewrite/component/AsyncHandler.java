package dev.onewrite.component;

import java.util.concurrent.CompletionStage;

/** A {@link Handler} that goes on after it returned: the turn stays open until the stage ends. */
@FunctionalInterface
public interface AsyncHandler<S, C, E, T> {

  CompletionStage<Void> handle(Turn<S, C, E> turn, T message) throws Exception;
}
