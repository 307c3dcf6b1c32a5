package dev.onewrite.spi;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A sequence that has deferred rows, by its sender and receiver as they are stored.
 *
 * @param sequence null if one of the two is not an address
 * @param flaw why it is not; else empty
 */
public record Deferred(String sender, String receiver, @Nullable Sequence sequence, String flaw) {

  public static Deferred of(Sequence sequence) {
    return new Deferred(
        sequence.sender().persistenceId(), sequence.receiver().persistenceId(), sequence, "");
  }

  /** As it is stored, also as nobody can have written it. */
  public static Deferred of(String group, String sender, String receiver) {
    try {
      return of(
          new Sequence(group, Address.ofPersistenceId(sender), Address.ofPersistenceId(receiver)));
    } catch (RefusedException e) {
      return new Deferred(sender, receiver, null, String.valueOf(e.getMessage()));
    }
  }
}
