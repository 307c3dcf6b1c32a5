package dev.onewrite.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A delayed transition as declared; the transition listens to it.
 *
 * @param slot what a pending timer of it is recorded under: its name, or else its place among those
 *     of its state that have none
 */
record AfterSpec<C>(
    String slot, @Nullable Duration fixed, BiFunction<? super C, Instant, Duration> delay) {

  static String slot(String name) {
    return "after " + name;
  }

  static String slot(int place) {
    return "after-" + place;
  }

  String label() {
    return fixed == null ? "after computed" : "after " + spoken(fixed);
  }

  /** 30s, 1m30s, 250ms: what people write, from ISO-8601. */
  private static String spoken(Duration delay) {
    if (delay.getSeconds() == 0 && delay.getNano() % 1_000_000 == 0) {
      return delay.toMillis() + "ms";
    }
    return delay.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
