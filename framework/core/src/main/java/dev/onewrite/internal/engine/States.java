package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import java.util.List;

/** The one active state, where there is one. */
final class States {

  private States() {}

  static <S> S only(Address self, List<S> leaves) {
    if (leaves.size() != 1) {
      throw new IllegalStateException(
          self + " is in " + leaves + ", not in one state. Use configuration() or in(...).");
    }
    return leaves.get(0);
  }
}
