package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import java.util.List;

/** A consumer group: one receiving component, with an offset of its own. */
public interface Group {

  /** The component's name. */
  String name();

  /**
   * What of this row goes to this group's entities, in the order it was emitted. Pure.
   *
   * @param stable the promise each of the deliveries is to carry
   * @throws dev.onewrite.component.OnewriteException if the row cannot be read
   */
  List<Delivery> deliveries(TailRow row, Position stable);
}
