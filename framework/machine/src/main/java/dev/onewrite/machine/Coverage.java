package dev.onewrite.machine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells which states and transitions of a machine no test took. Give it every {@link Step}; ask at
 * the end.
 *
 * <p><b>Limit.</b> A state that was entered and left within one step counts only if one of its own
 * transitions left it. History states and forbidden events are not counted: nothing stays in the
 * one, nothing takes the other.
 *
 * <p>Safe for use by many threads.
 */
public final class Coverage<S, C, E> {
  private final Machine<S, C, E> machine;
  private final Set<S> entered = ConcurrentHashMap.newKeySet();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  private Coverage(Machine<S, C, E> machine) {
    this.machine = machine;
  }

  /** An empty record for {@code machine}. */
  public static <S, C, E> Coverage<S, C, E> of(Machine<S, C, E> machine) {
    return new Coverage<>(machine);
  }

  /**
   * Counts what {@code step} took and where it ended; gives it back, so that a call can be wrapped.
   */
  public Step<S, C, E> add(Step<S, C, E> step) {
    entered.addAll(step.snapshot().configuration());
    for (Transition<S, E> transition : step.transitions()) {
      taken.add(transition.id());
      transition.from().ifPresent(entered::add);
    }
    return step;
  }

  /** The states that were never active, in document order. */
  public Set<S> statesMissed() {
    Set<S> missed = new LinkedHashSet<>(machine.activeStates());
    missed.removeAll(entered);
    return missed;
  }

  /** The transitions that never ran, in document order. */
  public List<Transition<S, E>> transitionsMissed() {
    return machine.transitions().stream()
        .filter(transition -> transition.trigger() != Transition.Trigger.FORBIDDEN)
        .filter(transition -> !taken.contains(transition.id()))
        .toList();
  }

  /** Whether nothing was missed. */
  public boolean isComplete() {
    return statesMissed().isEmpty() && transitionsMissed().isEmpty();
  }

  /** What was missed, one a line; for the message of a failing test. */
  @Override
  public String toString() {
    StringBuilder report = new StringBuilder("coverage of " + machine.id() + ":");
    statesMissed().forEach(state -> report.append("\n  state never entered: ").append(state));
    transitionsMissed().forEach(each -> report.append("\n  transition never taken: ").append(each));
    return report.append(isComplete() ? " complete" : "").toString();
  }
}
