package dev.onewrite.component;

/** Answers a read-only question from committed state. Journals nothing. */
@FunctionalInterface
public interface Answerer<S, C, Q> {

  Object answer(View<S, C> view, Q question);
}
