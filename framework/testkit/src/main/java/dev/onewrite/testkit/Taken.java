package dev.onewrite.testkit;

import dev.onewrite.component.Component;
import dev.onewrite.machine.Coverage;
import dev.onewrite.machine.Step;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Which states and transitions of each component the tests took. */
final class Taken {

  private final Map<String, Coverage<?, ?, ?>> coverages = new ConcurrentSkipListMap<>();

  /** Counts a step of a component, unless that has no machine of its own. */
  <S, C, E> void add(Component.Definition<S, C, E> definition, Step<?, ?, ?> step) {
    if (!definition.single()) {
      coverage(definition).add(of(step));
    }
  }

  /** A component may be defined anew for each test: its name says which it is. */
  @SuppressWarnings("unchecked") // of one name, so of one machine
  private <S, C, E> Coverage<S, C, E> coverage(Component.Definition<S, C, E> definition) {
    return (Coverage<S, C, E>)
        coverages.computeIfAbsent(definition.name(), name -> Coverage.of(definition.machine()));
  }

  @SuppressWarnings("unchecked") // the step was made by the definition's machine
  private static <S, C, E> Step<S, C, E> of(Step<?, ?, ?> step) {
    return (Step<S, C, E>) step;
  }

  /** What was missed, one component after the other; empty if nothing was. */
  String missed() {
    StringBuilder missed = new StringBuilder();
    coverages.forEach(
        (component, coverage) -> {
          if (!coverage.isComplete()) {
            missed.append("component \"").append(component).append("\", ").append(coverage);
            missed.append('\n');
          }
        });
    return missed.toString();
  }
}
