package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;

/** Up to where a worker of a group has settled everything in its slices. */
public record StoredOffset(SliceRange slices, Position position) {}
