package dev.onewrite.machine;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the tests share: events, a context that writes down what was done, and machines with text
 * ids.
 */
final class Charts {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** The kinds of mistakes that a small test machine may have. */
  static final Mistake.Kind[] SMALL = {
    Mistake.Kind.UNHANDLED_EVENT, Mistake.Kind.UNREACHABLE_STATE, Mistake.Kind.USELESS_TRANSITION
  };

  sealed interface Event {}

  sealed interface Key extends Event {}

  record Go(int count) implements Key {}

  record Back() implements Key {}

  record Stop() implements Event {}

  record Note(String text) implements Event {}

  static final Go GO = new Go(1);
  static final Back BACK = new Back();
  static final Stop STOP = new Stop();

  /** The context: what was done, in order. */
  record Log(List<String> lines) {
    static final Log EMPTY = new Log(List.of());

    Log add(String line) {
      return new Log(Stream.concat(lines.stream(), Stream.of(line)).toList());
    }

    @Override
    public String toString() {
      return String.join(" ", lines);
    }
  }

  private Charts() {}

  static Machine<String, Log, Event> machine(
      Consumer<MachineBuilder<String, Log, Event>> definition) {
    return Machine.define(
        "test",
        String.class,
        Event.class,
        () -> Log.EMPTY,
        m -> {
          m.allow(SMALL);
          definition.accept(m);
        });
  }

  /** A state that logs {@code +id} on entry and {@code -id} on exit. */
  static Consumer<StateBuilder<String, Log, Event>> logged(
      String id, Consumer<StateBuilder<String, Log, Event>> rest) {
    return s -> {
      s.onEntry(a -> a.assign(log -> log.add("+" + id)));
      s.onExit(a -> a.assign(log -> log.add("-" + id)));
      rest.accept(s);
    };
  }

  static Consumer<StateBuilder<String, Log, Event>> logged(String id) {
    return logged(id, s -> {});
  }

  static Step<String, Log, Event> after(Machine<String, Log, Event> machine, Event... events) {
    Step<String, Log, Event> step = machine.start();
    for (Event event : events) {
      step = machine.transition(step.snapshot(), event, NOW);
    }
    return step;
  }
}
