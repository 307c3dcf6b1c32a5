package dev.onewrite.internal.pekko;

import java.util.List;

/** A committed state, as data for an observer. */
public record Seen(long turn, List<String> states, Object context) {}
