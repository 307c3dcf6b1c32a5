package dev.onewrite.spi;

import dev.onewrite.journal.Position;

/** A journal row with its place in commit order. */
public record TailRow(Position position, JournalRow row) {}
