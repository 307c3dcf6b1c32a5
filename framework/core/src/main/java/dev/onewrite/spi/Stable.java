package dev.onewrite.spi;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a group can promise its receivers, from one look at floor and rows. A promise holds for
 * ever, so an old look is as true as a new one, and says less.
 *
 * @param holds the least hold of the deferred rows of each receiver that has any
 * @param unlisted a position that no hold of a receiver not in {@code holds} is below; absent if
 *     all are listed
 */
public record Stable(Position floor, Map<Address, Position> holds, @Nullable Position unlisted) {

  /** Nothing is promised. */
  public static final Stable NOTHING = new Stable(Position.START, Map.of(), null);

  public Stable {
    holds = Map.copyOf(holds);
  }

  /** Nothing at or below it will legitimately come to {@code receiver} again. */
  public Position of(Address receiver) {
    Position hold = holds.getOrDefault(receiver, unlisted);
    return Rules.OURS.stable(floor, Optional.ofNullable(hold));
  }
}
