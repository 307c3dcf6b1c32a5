package dev.onewrite.rig;

import dev.onewrite.component.Address;
import dev.onewrite.rig.Step.Layer;
import dev.onewrite.rig.Step.Manner;
import dev.onewrite.spi.Sequence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What has to be in the journal in the end, and what waits apart until poison is mended. */
final class Expectation {

  private static final Set<Manner> PARKED = Set.of(Manner.POISON, Manner.BEHIND);

  private final Map<String, Step> steps = new HashMap<>();
  private final Set<Sequence> parked = new HashSet<>();
  private int doneBeforeTheMend;
  private int done;

  Expectation(Programs programs) {
    for (int index = 0; index < programs.count(); index++) {
      String poisoner = Programs.poisoner(index);
      programs.program(index).all().forEach(step -> add(step, poisoner));
    }
  }

  private void add(Step step, String poisoner) {
    steps.put(step.id(), step);
    done += isDone(step) ? 1 : 0;
    doneBeforeTheMend += isDone(step) && !PARKED.contains(step.manner()) ? 1 : 0;
    if (step.manner() == Manner.POISON) {
      Address sender = new Address(Step.component(Layer.FRONT), poisoner);
      Address receiver = new Address(Step.component(step.layer()), step.at());
      parked.add(new Sequence(receiver.component(), sender, receiver));
    }
  }

  /** The step of that id. */
  Step step(String id) {
    return steps.get(id);
  }

  /** How many steps have to be done while poison is poison. */
  int doneBeforeTheMend() {
    return doneBeforeTheMend;
  }

  /** How many steps have to be done in the end. */
  int done() {
    return done;
  }

  /** The sequences that wait for the mend; two messages in each. */
  Set<Sequence> parked() {
    return parked;
  }

  Iterable<Step> steps() {
    return steps.values();
  }

  static boolean isDone(Step step) {
    return step.manner() != Manner.NEVER;
  }
}
