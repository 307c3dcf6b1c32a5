package dev.onewrite.rig;

import dev.onewrite.rig.Step.Manner;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What has to be in the journal in the end. */
final class Expectation {

  private static final Set<Manner> UNDONE = Set.of(Manner.NEVER, Manner.POISON, Manner.BEHIND);

  private final Map<String, Step> steps = new HashMap<>();
  private int done;

  Expectation(Programs programs) {
    for (int index = 0; index < programs.count(); index++) {
      programs.program(index).all().forEach(this::add);
    }
  }

  private void add(Step step) {
    steps.put(step.id(), step);
    done += UNDONE.contains(step.manner()) ? 0 : 1;
  }

  /** The step of that id. */
  Step step(String id) {
    return steps.get(id);
  }

  /** How many steps have to be done. */
  int done() {
    return done;
  }

  Iterable<Step> steps() {
    return steps.values();
  }

  static boolean isDone(Step step) {
    return !UNDONE.contains(step.manner());
  }
}
