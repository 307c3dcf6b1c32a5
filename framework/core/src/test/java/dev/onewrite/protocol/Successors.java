package dev.onewrite.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The states after one, each with what happened; and what was broken on the way. */
final class Successors {

  final List<Next> all = new ArrayList<>();

  /**
   * One of them.
   *
   * @param progress whether it happens by itself sooner or later: a worker's own step
   * @param violation of which invariant, and how
   */
  record Next(
      World world, boolean progress, Supplier<String> what, @Nullable Violation violation) {}

  /** What is broken. */
  record Violation(Invariant invariant, String how) {}

  /** What has to hold. */
  enum Invariant {
    S1,
    S2,
    S3,
    S4,
    S5,
    S6
  }

  void add(World world, boolean progress, Supplier<String> what) {
    all.add(new Next(world, progress, what, null));
  }

  void add(World world, boolean progress, Supplier<String> what, @Nullable Violation violation) {
    all.add(new Next(world, progress, what, violation));
  }
}
