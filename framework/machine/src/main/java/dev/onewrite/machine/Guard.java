package dev.onewrite.machine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A condition, with the name the definition gave it and the state it asks about, for messages and
 * pictures.
 */
record Guard<S, C>(@Nullable String name, @Nullable S asked, Test<S, C> test) {

  @FunctionalInterface
  interface Test<S, C> {
    boolean passes(C context, @Nullable Object event, Moment<S> moment);
  }

  String label() {
    return Optional.ofNullable(name).orElse("guarded");
  }
}
