package dev.onewrite.benchmarks;

import dev.onewrite.machine.Machine;
import dev.onewrite.machine.Snapshot;
import dev.onewrite.machine.StateBuilder;
import dev.onewrite.machine.Step;
import java.time.Instant;
import java.util.function.Consumer;

/** A chart in Onewrite: each step makes a new snapshot, which the next one starts from. */
abstract class OnewriteSubject<S extends Enum<S>> implements Subject<S> {
  private final Machine<S, Count, Go> machine;
  private Snapshot<S, Count> snapshot;

  OnewriteSubject(Machine<S, Count, Go> machine) {
    this.machine = machine;
    this.snapshot = machine.start().snapshot();
  }

  @Override
  public final Object step() {
    Step<S, Count, Go> step = machine.transition(snapshot, Go.GO, Instant.EPOCH);
    snapshot = step.snapshot();
    return step;
  }

  @Override
  public final boolean in(S state) {
    return snapshot.in(state);
  }

  @Override
  public final Count count() {
    return snapshot.context();
  }

  /** Counts, and goes to {@code target}. */
  static <S extends Enum<S>> Consumer<StateBuilder<S, Count, Go>> goes(S target) {
    return s -> s.on(Go.class, t -> t.target(target).assign(Count::next));
  }

  /** Has {@code leaf} inside, counts, and goes to {@code target}. */
  static <S extends Enum<S>> Consumer<StateBuilder<S, Count, Go>> group(S leaf, S target) {
    return s -> goes(target).accept(s.initial(leaf).state(leaf));
  }
}
