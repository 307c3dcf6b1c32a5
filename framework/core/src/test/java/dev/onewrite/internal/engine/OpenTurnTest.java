package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.NOW;
import static dev.onewrite.internal.engine.Forms.codec;
import static dev.onewrite.internal.engine.Forms.delivery;
import static dev.onewrite.internal.engine.Forms.newForm;
import static dev.onewrite.internal.engine.Forms.newTally;
import static dev.onewrite.internal.engine.Forms.open;
import static dev.onewrite.internal.engine.Forms.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.engine.Forms.Draft;
import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.internal.engine.Forms.Opened;
import dev.onewrite.internal.engine.Forms.Phase;
import dev.onewrite.internal.engine.Forms.Reset;
import dev.onewrite.internal.engine.Forms.SaveStarted;
import dev.onewrite.internal.engine.Forms.SaveSucceeded;
import dev.onewrite.internal.engine.Forms.Tally;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.TimerSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a turn puts into its batch. */
final class OpenTurnTest {

  private static final Address AUDIT = new Address("audit", "all");

  private final EntityState<Phase, Draft, Forms.FormEvent> form = newForm();

  /** A form past its first turn, which also brings what the initial state does. */
  private void begin() {
    form.apply(open(form, request("first")).close());
  }

  @Test
  void handler_sendsToTheMachine_seesItAndNobodyElseDoes() {
    var turn = open(form, request("r"));

    boolean taken = turn.machine().send(new SaveStarted("x"));

    assertTrue(taken);
    assertEquals(Phase.SAVING, turn.machine().state());
    assertEquals(Set.of(Phase.SAVING), turn.machine().configuration());
    assertTrue(turn.machine().in(Phase.SAVING));
    assertTrue(turn.machine().can(new SaveSucceeded(AUDIT)));
    assertEquals(new Draft("x", 0), turn.machine().context());
    assertEquals(Phase.EDITING, form.state());
    assertEquals(new Draft("", 0), form.context());
  }

  @Test
  void event_notTaken_changesNothingAndIsReported() {
    begin();
    var turn = open(form, request("r"));

    boolean byState = turn.machine().send(new Reset());
    boolean byGuard = turn.machine().send(new SaveStarted(""));
    boolean can = turn.machine().can(new Reset());
    Batch batch = turn.close();

    assertFalse(byState || byGuard || can);
    assertEquals(List.of(), batch.events());
    assertEquals(List.of(), batch.outgoings());
    assertEquals(form.machine().recorded(), batch.outcome().machine());
    assertNull(batch.outcome().context());
  }

  @Test
  void batch_ofATurn_hasEverythingItDid() {
    begin();
    Cause cause = delivery(9, 5, 1);
    var turn = open(form, cause);

    turn.emit(new Note("a"));
    turn.machine().send(new SaveStarted("x"));
    turn.machine().send(new SaveSucceeded(AUDIT));
    turn.send(new Address("shop", "1"), new Note("b"));
    turn.reply(new Note("c"));
    Batch batch = turn.close();

    assertEquals(cause, batch.cause());
    assertEquals(
        List.of(codec().encode(new SaveStarted("x")), codec().encode(new SaveSucceeded(AUDIT))),
        batch.events());
    assertEquals(List.of("SAVED"), batch.outcome().machine().configuration());
    assertEquals(codec().encode(new Draft("x", 1)), batch.outcome().context());
    assertEquals(
        List.of(
            new Outgoing.Emitted(new UUID(7, 1), codec().encode(new Note("a"))),
            new Outgoing.Sent(new UUID(7, 2), AUDIT, codec().encode(new Note("x"))),
            new Outgoing.Sent(
                new UUID(7, 3), new Address("shop", "1"), codec().encode(new Note("b")))),
        batch.outgoings());
    assertEquals(codec().encode(new Note("c")), batch.reply());
    assertEquals(NOW, batch.at());
    assertNull(batch.refusal());
  }

  @Test
  void timer_startedAndStoppedInOneTurn_isInNeitherList() {
    begin();
    var turn = open(form, request("r"));

    turn.machine().send(new SaveStarted("x"));
    turn.machine().send(new SaveSucceeded(AUDIT));
    Batch batch = turn.close();

    assertEquals(List.of(), batch.timers());
    assertEquals(List.of(), batch.cancelled());
  }

  @Test
  void timer_startedInOneTurnAndStoppedInTheNext_isInBoth() {
    begin();
    var first = open(form, request("1"));
    first.machine().send(new SaveStarted("x"));
    Batch set = first.close();
    form.apply(set);
    var second = open(form, request("2"));
    second.machine().send(new SaveSucceeded(AUDIT));

    Batch stopped = second.close();

    TimerSet timer = set.timers().get(0);
    assertEquals(NOW.plusSeconds(30), timer.due());
    assertEquals(List.of(timer.id()), stopped.cancelled());
  }

  @Test
  void firstBatch_always_hasContextAndWhatTheInitialStateDoes() {
    Batch first = open(form, request("r")).close();

    assertEquals(codec().encode(new Draft("", 0)), first.outcome().context());
    assertEquals(
        List.of(new Outgoing.Emitted(new UUID(7, 1), codec().encode(new Opened("")))),
        first.outgoings());
  }

  @Test
  void laterBatch_contextUnchanged_hasNone() {
    begin();

    Batch second = open(form, request("r")).close();

    assertNull(second.outcome().context());
    assertEquals(List.of(), second.outgoings());
  }

  @Test
  void laterBatch_contextAssignedAnEqualOne_hasNone() {
    var tally = newTally();
    tally.apply(open(tally, request("first")).close());
    var equal = open(tally, request("equal"));
    var other = open(tally, request("other"));

    equal.assign(context -> new Tally(context.count()));
    other.assign(context -> new Tally(context.count() + 1));

    assertNull(equal.close().outcome().context());
    assertNotNull(other.close().outcome().context());
  }

  @Test
  void sender_isWhoSentIt_whereAnEntityDid() {
    assertEquals(Optional.of(new Address("shop", "s")), open(form, delivery(1, 1, 0)).sender());
    assertEquals(Optional.empty(), open(form, request("r")).sender());
    assertEquals(Optional.of(Forms.FORM_ID), open(form, new Cause.Fired("t")).sender());
    assertEquals(Optional.of(Forms.FORM_ID), open(form, new Cause.Completed("a")).sender());
  }

  @Test
  void time_ofATurn_isWhatItsBatchRecords() {
    Instant nanos = NOW.plusNanos(123_456);
    var turn =
        new OpenTurn<>(
            form, request("r"), nanos, new Surroundings(Forms.ids(), codec(), name -> true));

    Instant told = turn.now();

    assertEquals(NOW, told);
    assertEquals(told, turn.close().at());
  }

  @Test
  void send_toAComponentThatNobodyHas_isRefused() {
    var turn = open(form, request("r"));

    var refused =
        assertThrows(
            RefusedException.class, () -> turn.send(new Address("nowhere", "x"), new Note("a")));

    assertEquals("OW114", refused.code());
  }
}
