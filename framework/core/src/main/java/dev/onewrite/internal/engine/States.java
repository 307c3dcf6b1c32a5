package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import java.util.List;

/** What is said of active states: the one, where there is one; that they do not take an event. */
final class States {

  private States() {}

  static <S> S only(Address self, List<S> leaves) {
    if (leaves.size() != 1) {
      throw new IllegalStateException(
          self + " is in " + leaves + ", not in one state. Use configuration() or in(...).");
    }
    return leaves.get(0);
  }

  static RefusedException notTaken(Address self, List<?> leaves, Object event) {
    return new RefusedException(
        "OW109",
        self
            + " in "
            + leaves
            + " does not take "
            + event.getClass().getSimpleName()
            + ", and its component is strict. The turn is not journaled. Ask machine().can(...)"
            + " first, give one of these states a transition, or leave out strict().");
  }
}
