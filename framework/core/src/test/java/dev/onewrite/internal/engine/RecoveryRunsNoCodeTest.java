package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.RETAINED;
import static dev.onewrite.internal.engine.Forms.codec;
import static dev.onewrite.internal.engine.Forms.open;
import static dev.onewrite.internal.engine.Forms.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.internal.engine.Forms.Reset;
import dev.onewrite.internal.engine.Forms.SaveStarted;
import dev.onewrite.internal.engine.Forms.Tally;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.StoredState;
import dev.onewrite.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A fold of recorded facts: no guard, assign, entry, delay or handler is asked again. */
final class RecoveryRunsNoCodeTest {

  private final AtomicInteger calls = new AtomicInteger();

  private <T> T called(T value) {
    calls.incrementAndGet();
    return value;
  }

  private final Machine<String, Tally, Forms.FormEvent> machine =
      Machine.define(
          "counted",
          String.class,
          Forms.FormEvent.class,
          () -> called(new Tally(0)),
          m ->
              m.initial("idle")
                  .state(
                      "idle",
                      s ->
                          s.onEntry(a -> a.assign(tally -> called(new Tally(tally.count() + 1))))
                              .always(t -> t.when(tally -> called(false)).target("busy"))
                              .on(
                                  SaveStarted.class,
                                  t ->
                                      t.when(tally -> called(true))
                                          .assign(tally -> called(tally))
                                          .target("busy")))
                  .state(
                      "busy",
                      s ->
                          s.after(tally -> called(Duration.ofSeconds(1)), t -> t.target("idle"))
                              .onExit(a -> a.emit(tally -> called(new Note("left"))))
                              .on(Reset.class, t -> t.target("idle"))
                              .forbid(Forms.SaveSucceeded.class)));

  @SuppressWarnings("unchecked") // the machine's types are the definition's
  private final Component.Definition<String, Tally, Forms.FormEvent> definition =
      (Component.Definition<String, Tally, Forms.FormEvent>)
          Component.define("counted", Note.class)
              .machine(machine)
              .on(Note.class, (turn, note) -> called(note))
              .build()
              .definition();

  private EntityState<String, Tally, Forms.FormEvent> begin() {
    return new EntityState<>(new Address("counted", "1"), definition, codec(), RETAINED);
  }

  @Test
  void batches_folded_callNothingOfTheDefinition() {
    EntityState<String, Tally, Forms.FormEvent> live = begin();
    List<Batch> journal = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      var turn = open(live, request("r" + i));
      turn.machine().send(i % 2 == 0 ? new SaveStarted("x") : new Reset());
      journal.add(turn.close());
      live.apply(journal.get(i));
    }
    StoredState snapshot = live.stored();
    assertTrue(calls.get() > 20, "the machine's code does count: " + calls);
    calls.set(0);

    EntityState<String, Tally, Forms.FormEvent> recovered = begin();
    journal.forEach(recovered::apply);
    EntityState<String, Tally, Forms.FormEvent> restored = begin();
    restored.restore(snapshot);

    assertEquals(live.stored(), recovered.stored());
    assertEquals(live.stored(), restored.stored());
    assertEquals(0, calls.get());
  }
}
