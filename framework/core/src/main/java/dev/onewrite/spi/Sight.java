package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import java.util.Collection;

/**
 * What a transaction sees of an outgoing.
 *
 * @param floor of its group
 * @param own whether it has a row that says it is dealt with
 * @param parkedBelow whether something emitted earlier in its sequence is parked
 * @param deferredBelow whether something emitted earlier in its sequence is deferred
 */
public record Sight(Position floor, boolean own, boolean parkedBelow, boolean deferredBelow) {

  /** From all rows of its sequence. A store that has many asks its index instead. */
  public static Sight of(Position floor, Collection<SetAsideRow> rows, SetAsideRow outgoing) {
    boolean own = false;
    boolean parkedBelow = false;
    boolean deferredBelow = false;
    for (SetAsideRow row : rows) {
      own |= row.key().equals(outgoing.key()) && row.state() != SetAsideRow.State.FAILING;
      boolean below = Rules.OURS.isBelow(row, outgoing);
      parkedBelow |= below && row.state() == SetAsideRow.State.PARKED;
      deferredBelow |= below && row.state() == SetAsideRow.State.DEFERRED;
    }
    return new Sight(floor, own, parkedBelow, deferredBelow);
  }
}
