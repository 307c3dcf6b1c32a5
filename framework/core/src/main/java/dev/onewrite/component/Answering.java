package dev.onewrite.component;

/** An answerer with the type of question it takes. */
public record Answering<S, C, Q>(Class<Q> type, Answerer<S, C, Q> body) {}
