package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.FORM_ID;
import static dev.onewrite.internal.engine.Forms.RETAINED;
import static dev.onewrite.internal.engine.Forms.STRICT_FORM;
import static dev.onewrite.internal.engine.Forms.codec;
import static dev.onewrite.internal.engine.Forms.newForm;
import static dev.onewrite.internal.engine.Forms.newTally;
import static dev.onewrite.internal.engine.Forms.open;
import static dev.onewrite.internal.engine.Forms.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.engine.Forms.Draft;
import dev.onewrite.internal.engine.Forms.FormEvent;
import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.internal.engine.Forms.Phase;
import dev.onewrite.internal.engine.Forms.Reset;
import dev.onewrite.internal.engine.Forms.SaveStarted;
import dev.onewrite.internal.engine.Forms.SaveSucceeded;
import dev.onewrite.internal.engine.Forms.Tally;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a turn does not take, and what follows. */
final class TurnRefusalsTest {

  private static final Address AUDIT = new Address("audit", "all");

  private static RefusedException assertCode(String code, Executable executable) {
    RefusedException thrown = assertThrows(RefusedException.class, executable);
    assertEquals(code, thrown.code(), thrown.getMessage());
    return thrown;
  }

  /** Past its first turn. */
  private static EntityState<Phase, Draft, FormEvent> begun() {
    EntityState<Phase, Draft, FormEvent> form = newForm();
    form.apply(open(form, request("first")).close());
    return form;
  }

  private static void emit(OpenTurn<?, ?, ?> turn, int times) {
    IntStream.range(0, times).forEach(i -> turn.emit(new Note("n" + i)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Batch.OUTGOINGS_MAX - 1, Batch.OUTGOINGS_MAX})
  void outgoings_underAndAtTheLimit_areTakenInOrderWithIdsOfTheirOwn(int count) {
    var turn = open(begun(), request("r"));

    emit(turn, count);
    Batch batch = turn.close();

    assertEquals(count, batch.outgoings().stream().map(o -> o.id()).distinct().count());
    assertEquals(
        IntStream.range(0, count).mapToObj(i -> codec().encode(new Note("n" + i))).toList(),
        batch.outgoings().stream().map(o -> o.payload()).toList());
  }

  @Test
  void outgoings_overTheLimit_failTheTurnAlsoIfTheHandlerGoesOn() {
    var turn = open(begun(), request("r"));
    emit(turn, Batch.OUTGOINGS_MAX);

    RefusedException emitted = assertCode("OW104", () -> turn.emit(new Note("x")));
    assertCode("OW104", () -> turn.send(AUDIT, new Note("x")));

    assertSame(emitted, assertCode("OW104", turn::close));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void batch_atTheLimitOfBytes_isJournaledAndOverItIsNot(int over) {
    Batch small = open(begun(), request("r")).close();
    Payload half = new Payload("note", 1, new byte[Batch.BYTES_MAX / 2]);
    Payload rest = new Payload("note", 1, new byte[Batch.BYTES_MAX / 2 - 1_000 + over]);
    Outgoing outgoing = new Outgoing.Emitted(new UUID(1, 1), half);
    Batch batch =
        new Batch(
            small.cause(),
            List.of(),
            small.outcome(),
            List.of(outgoing),
            List.of(),
            List.of(),
            rest,
            null,
            small.at(),
            null);

    if (over > 0) {
      assertCode("OW170", () -> BatchSize.checked(AUDIT, 1_000, batch));
    } else {
      assertSame(batch, BatchSize.checked(AUDIT, 1_000, batch));
    }
  }

  @Test
  void machineStep_whoseEffectsPassTheLimit_isNotJournaledByHalf() {
    var turn = open(begun(), request("r"));
    turn.machine().send(new SaveStarted("x"));
    emit(turn, Batch.OUTGOINGS_MAX);

    assertCode("OW104", () -> turn.machine().send(new SaveSucceeded(AUDIT)));

    assertCode("OW104", turn::close);
  }

  @Test
  void strictComponent_eventNotTaken_failsTheTurnAlsoIfTheHandlerGoesOn() {
    EntityState<Phase, Draft, FormEvent> form =
        new EntityState<>(FORM_ID, STRICT_FORM, codec(), RETAINED);
    var turn = open(form, request("r"));

    assertCode("OW109", () -> turn.machine().send(new Reset()));

    assertCode("OW109", turn::close);
  }

  @Test
  void callRefused_forWhatItWasGiven_leavesTheTurnAsItWas() {
    var turn = open(begun(), request("r"));

    assertCode("OW108", () -> turn.emit("text"));
    assertCode("OW102", () -> turn.emit(new Note("x".repeat(5_000))));
    assertCode("OW108", () -> turn.send(AUDIT, 1));
    assertCode("OW108", () -> turn.reply(List.of()));
    turn.reply(new Note("yes"));
    Batch batch = turn.close();

    assertEquals(List.of(), batch.outgoings());
    assertEquals(codec().encode(new Note("yes")), batch.reply());
  }

  @Test
  void reply_twice_isRefusedAndTheFirstStays() {
    var turn = open(begun(), request("r"));
    turn.reply(new Note("one"));

    assertCode("OW116", () -> turn.reply(new Note("two")));

    assertEquals(codec().encode(new Note("one")), turn.close().reply());
  }

  @Test
  void assign_onAComponentWithAMachine_isRefused() {
    var turn = open(begun(), request("r"));

    assertCode("OW117", () -> turn.assign(draft -> new Draft("x", 1)));
  }

  @Test
  void assign_null_isRefusedAndTheContextStays() {
    var tally = newTally();
    var turn = open(tally, request("r"));

    assertThrows(NullPointerException.class, () -> turn.assign(context -> nothing()));

    assertEquals(new Tally(0), turn.machine().context());
  }

  @SuppressWarnings("NullAway")
  private static Tally nothing() {
    return null;
  }

  @Test
  void everyMethod_afterCloseOrAbandon_isRefused() {
    var closed = open(begun(), request("r"));
    var abandoned = open(begun(), request("r"));
    var machines = List.of(closed.machine(), abandoned.machine());
    var timers = List.of(closed.timers(), abandoned.timers());
    closed.close();
    abandoned.abandon();

    for (var turn : List.of(closed, abandoned)) {
      assertCode("OW103", turn::self);
      assertCode("OW103", turn::sender);
      assertCode("OW103", turn::now);
      assertCode("OW103", turn::machine);
      assertCode("OW103", turn::timers);
      assertCode("OW103", () -> turn.invoke("save", new Note("late")));
      assertCode("OW103", turn::idempotencyKey);
      assertCode("OW103", () -> turn.assign(draft -> draft));
      assertCode("OW103", () -> turn.emit(new Note("late")));
      assertCode("OW103", () -> turn.send(AUDIT, new Note("late")));
      assertCode("OW103", () -> turn.reply(new Note("late")));
    }
    for (var timer : timers) {
      assertCode("OW103", () -> timer.start("t", Duration.ZERO, new Note("late")));
      assertCode("OW103", () -> timer.cancel("t"));
    }
    for (var machine : machines) {
      assertCode("OW103", machine::self);
      assertCode("OW103", machine::state);
      assertCode("OW103", machine::configuration);
      assertCode("OW103", machine::context);
      assertCode("OW103", () -> machine.in(Phase.SAVED));
      assertCode("OW103", () -> machine.can(new Reset()));
      assertCode("OW103", () -> machine.send(new Reset()));
    }
  }

  /** The journal writes the machine's output too, and can only fail the write. */
  @Test
  void machineOutput_thatCannotBeEncoded_isRefusedWithTheTurn() {
    Machine<String, Tally, Reset> ending =
        Machine.define(
            "ending",
            String.class,
            Reset.class,
            () -> new Tally(0),
            m ->
                m.initial("open")
                    .state("open", s -> s.on(Reset.class, t -> t.target("over")))
                    .finalState("over", s -> s.output(tally -> "no record")));
    @SuppressWarnings("unchecked") // the machine's types are the definition's
    var definition =
        (Component.Definition<String, Tally, Reset>)
            Component.define("ending", Note.class)
                .machine(ending)
                .on(Note.class, (turn, note) -> {})
                .build()
                .definition();
    var turn =
        open(
            new EntityState<>(new Address("ending", "1"), definition, codec(), RETAINED),
            request("r"));

    turn.machine().send(new Reset());

    assertCode("OW108", turn::close);
  }
}
