package dev.onewrite.internal.pekko;

/** What crosses from node to node; {@link WireSerializer} knows each of them, and nothing else. */
interface Wire {}
