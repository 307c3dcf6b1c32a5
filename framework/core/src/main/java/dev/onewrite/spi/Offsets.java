package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.List;

/** How far each group is, and its floor. Every method may block. */
public interface Offsets {

  /** All ranges ever stored for {@code group}, also those of former numbers of workers. */
  List<StoredOffset> read(String group);

  /**
   * Stores an offset and publishes the floor, in one transaction that is durable when this returns.
   *
   * <p><b>Guarantee.</b> Neither an offset nor a floor is ever lowered, whoever calls: a smaller
   * position than the stored one changes nothing. The floor is {@link SliceOffsets#floor} of all
   * offsets of the group.
   *
   * @return the floor as it is now
   */
  Position save(String group, SliceRange slices, Position position);

  /** The published floor of {@code group}; {@link Position#START} if there is none. */
  Position floor(String group);
}
