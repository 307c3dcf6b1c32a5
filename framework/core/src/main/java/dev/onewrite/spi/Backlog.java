package dev.onewrite.spi;

import dev.onewrite.component.Address;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one sequence, and behind what: its receiver is the entity that waits.
 *
 * @param first the one that the others wait behind
 * @param parked rows, the first one included
 * @param deferred rows, the first one included
 */
public record Backlog(Sequence sequence, SetAsideRow first, long parked, long deferred) {

  /**
   * Of which sequences; what is null is not asked for.
   *
   * @param group the receiving component
   * @param sender whose messages wait
   * @param receiver who waits for them
   * @param first the state of the one that the others wait behind
   */
  public record Filter(
      @Nullable String group,
      @Nullable Address sender,
      @Nullable Address receiver,
      SetAsideRow.@Nullable State first) {

    /** Whatever waits. */
    public static final Filter ANY = new Filter(null, null, null, null);

    /** What waits in one sequence. */
    public static Filter of(Sequence sequence) {
      return new Filter(sequence.group(), sequence.sender(), sequence.receiver(), null);
    }

    public Filter ofGroup(String name) {
      return new Filter(name, sender, receiver, first);
    }

    /** Whoever waits for messages of {@code entity}. */
    public Filter from(Address entity) {
      return new Filter(group, entity, receiver, first);
    }

    /** Whatever {@code entity} waits for. */
    public Filter to(Address entity) {
      return new Filter(group, sender, entity, first);
    }

    /** Only behind a message in {@code state}. */
    public Filter behind(SetAsideRow.State state) {
      return new Filter(group, sender, receiver, state);
    }

    /** Whether it asks for {@code backlog}. */
    public boolean takes(Backlog backlog) {
      Sequence sequence = backlog.sequence();
      return (group == null || group.equals(sequence.group()))
          && (sender == null || sender.equals(sequence.sender()))
          && (receiver == null || receiver.equals(sequence.receiver()))
          && (first == null || first == backlog.first().state());
    }
  }
}
