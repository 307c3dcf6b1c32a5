package dev.onewrite.testkit;

import dev.onewrite.component.Component;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.machine.Effect;
import dev.onewrite.machine.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A state that a test gives, as the batch that would have led there. */
final class Given {

  private Given() {}

  @SuppressWarnings("unchecked") // states and context are checked by the machine and the codec
  static <S, C, E> Batch state(
      Component.Definition<S, C, E> definition, Set<?> states, Object context, Bench bench) {
    Class<?> expected = definition.machine().start().snapshot().context().getClass();
    if (expected != context.getClass() && !definition.types().contains(context.getClass())) {
      throw Misuse.of(
          "the context of \""
              + definition.name()
              + "\" is a "
              + expected.getSimpleName()
              + ", not "
              + context);
    }
    if (!definition.machine().states().containsAll(states)) {
      throw Misuse.of(
          "\""
              + definition.name()
              + "\" has the states "
              + definition.machine().states()
              + ", not all of "
              + states);
    }
    Instant now = bench.disk().now();
    Step<S, C, E> step = definition.machine().at((Set<S>) states, (C) context, now);
    List<Outgoing> outgoings = new ArrayList<>();
    List<TimerSet> timers = new ArrayList<>();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.TimerStarted timer) {
        timers.add(new TimerSet(timer.id(), null, now.plus(timer.delay()), null));
      } else if (effect instanceof Effect.ActivityStarted started) {
        UUID id = new UUID(0x7000L, outgoings.size());
        outgoings.add(
            new Outgoing.Invoked(
                id, started.id(), started.name(), bench.payloads().encode(started.input())));
      }
    }
    return new Batch(
        new Cause.Requested("given"),
        List.of(),
        new Outcome(step.snapshot().recorded(), bench.payloads().encodeOwn(context)),
        outgoings,
        timers,
        List.of(),
        null,
        null,
        now,
        null);
  }
}
