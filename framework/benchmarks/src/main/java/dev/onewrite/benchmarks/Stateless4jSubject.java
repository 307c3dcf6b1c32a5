package dev.onewrite.benchmarks;

import com.github.oxo42.stateless4j.StateMachine;
import com.github.oxo42.stateless4j.StateMachineConfig;

/** A chart in stateless4j, which moves in place. It has no context: a field stands for one. */
abstract class Stateless4jSubject<S extends Enum<S>> implements Subject<S> {
  final StateMachineConfig<S, Go> config = new StateMachineConfig<>();
  private final StateMachine<S, Go> machine;
  private Count count = Count.ZERO;

  Stateless4jSubject(S initial) {
    this.machine = new StateMachine<>(initial, config);
  }

  /** From {@code from}, counts, and goes to {@code target}; called by a subject's constructor. */
  final void go(S from, S target) {
    config.configure(from).permit(Go.GO, target, () -> count = count.next());
  }

  @Override
  public final Object step() {
    machine.fire(Go.GO);
    return machine;
  }

  @Override
  public final boolean in(S state) {
    return machine.isInState(state);
  }

  @Override
  public final Count count() {
    return count;
  }
}
