package dev.onewrite.inspect;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a group is in some slices.
 *
 * @param offset up to where everything of these slices is settled or set aside
 * @param floor of the whole group
 * @param behind rows of these slices after the offset; they may hold nothing for this group
 * @param oldest when the first of them was written
 */
public record Lag(
    String group,
    SliceRange slices,
    Position offset,
    Position floor,
    long behind,
    Optional<Instant> oldest) {}
