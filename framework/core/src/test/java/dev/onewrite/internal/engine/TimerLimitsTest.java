package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.codec;
import static dev.onewrite.internal.engine.Forms.newTally;
import static dev.onewrite.internal.engine.Forms.open;
import static dev.onewrite.internal.engine.Forms.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.internal.engine.Forms.Tally;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.TimerSet;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many timers one turn sets and cancels, and when they may be due. */
final class TimerLimitsTest {

  /** 100 years, leap days included. */
  private static final long DELAY_MAX_MILLIS = 36_525L * 24 * 60 * 60 * 1_000;

  private final EntityState<String, Tally, Object> state = newTally();

  @ParameterizedTest
  @ValueSource(ints = {Batch.TIMERS_MAX - 1, Batch.TIMERS_MAX})
  void timersSet_underAndAtTheLimit_areAllPendingWithTheirMessages(int count) {
    OpenTurn<String, Tally, Object> turn = open(state, request("r"));
    start(turn, 0, count);
    state.apply(turn.close());

    List<String> names = names(0, count);
    assertEquals(names, state.stored().timers().stream().map(timer -> timer.name()).toList());
    assertEquals(
        names.stream().map(name -> codec().encode(new Note(name))).toList(),
        state.stored().timers().stream().map(timer -> timer.payload()).toList());
  }

  @Test
  void timersSet_overTheLimit_failTheTurnAlsoIfTheHandlerGoesOn() {
    OpenTurn<String, Tally, Object> turn = open(state, request("r"));
    start(turn, 0, Batch.TIMERS_MAX);

    RefusedException over = assertTooMany(() -> start(turn, Batch.TIMERS_MAX, 1));

    assertSame(over, assertTooMany(turn::close));
  }

  @ParameterizedTest
  @ValueSource(ints = {Batch.TIMERS_MAX - 1, Batch.TIMERS_MAX})
  void timersCancelled_underAndAtTheLimit_areAllGone(int count) {
    havePending(count);

    OpenTurn<String, Tally, Object> turn = open(state, request("cancel"));
    names(0, count).forEach(name -> assertTrue(turn.timers().cancel(name), name));
    Batch batch = turn.close();
    state.apply(batch);

    assertEquals(count, batch.cancelled().size());
    assertEquals(List.of(), state.stored().timers());
  }

  @Test
  void timersCancelled_overTheLimit_failTheTurnAlsoIfTheHandlerGoesOn() {
    havePending(Batch.TIMERS_MAX + 1);
    OpenTurn<String, Tally, Object> turn = open(state, request("cancel"));
    names(0, Batch.TIMERS_MAX).forEach(turn.timers()::cancel);

    RefusedException over = assertTooMany(() -> turn.timers().cancel("t" + Batch.TIMERS_MAX));

    assertSame(over, assertTooMany(turn::close));
  }

  @Test
  void timerReplaced_thatIsOneCancelledTooMany_failsTheTurnAlsoIfTheHandlerGoesOn() {
    havePending(Batch.TIMERS_MAX + 1);
    OpenTurn<String, Tally, Object> turn = open(state, request("cancel"));
    names(0, Batch.TIMERS_MAX).forEach(turn.timers()::cancel);

    RefusedException over = assertTooMany(() -> start(turn, Batch.TIMERS_MAX, 1));

    assertSame(over, assertTooMany(turn::close));
  }

  @Test
  void timerThatIsNotPending_cancelledAtTheLimit_isNoMistake() {
    havePending(Batch.TIMERS_MAX);
    OpenTurn<String, Tally, Object> turn = open(state, request("cancel"));
    names(0, Batch.TIMERS_MAX).forEach(turn.timers()::cancel);

    assertFalse(turn.timers().cancel("t0"));

    assertEquals(Batch.TIMERS_MAX, turn.close().cancelled().size());
  }

  @Test
  void timersOfOneTurn_cancelledInIt_doNotCount() {
    OpenTurn<String, Tally, Object> turn = open(state, request("r"));
    for (int round = 0; round < 3; round++) {
      start(turn, 0, Batch.TIMERS_MAX - 1);
      names(0, Batch.TIMERS_MAX - 1).forEach(turn.timers()::cancel);
    }
    start(turn, 0, 1);

    Batch batch = turn.close();

    assertEquals(List.of("t0"), batch.timers().stream().map(TimerSet::name).toList());
    assertEquals(List.of(), batch.cancelled());
  }

  @ParameterizedTest
  @ValueSource(longs = {-DELAY_MAX_MILLIS, 0, DELAY_MAX_MILLIS})
  void delay_atEitherEnd_isTaken(long millis) {
    OpenTurn<String, Tally, Object> turn = open(state, request("r"));
    turn.timers().start("t", Duration.ofMillis(millis), new Note("t"));

    assertEquals(
        Forms.NOW.plusMillis(millis), turn.close().timers().get(0).due(), "to the millisecond");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-DELAY_MAX_MILLIS - 1, DELAY_MAX_MILLIS + 1, Long.MAX_VALUE, Long.MIN_VALUE})
  void delay_outOfRange_failsTheTurnAlsoIfTheHandlerGoesOn(long millis) {
    OpenTurn<String, Tally, Object> turn = open(state, request("r"));
    Duration delay = Duration.ofMillis(millis);

    RefusedException refused =
        assertThrows(RefusedException.class, () -> turn.timers().start("t", delay, new Note("t")));

    assertEquals("OW119", refused.code());
    assertSame(refused, assertThrows(RefusedException.class, turn::close));
  }

  @Test
  void delay_withAFractionOfAMillisecond_isNeverCutShort() {
    OpenTurn<String, Tally, Object> turn = open(state, request("r"));
    turn.timers().start("t", Duration.ofNanos(1_000_001), new Note("t"));

    assertEquals(Forms.NOW.plusMillis(2), turn.close().timers().get(0).due());
  }

  private void havePending(int count) {
    for (int from = 0; from < count; from += Batch.TIMERS_MAX) {
      OpenTurn<String, Tally, Object> turn = open(state, request("from" + from));
      start(turn, from, Math.min(count - from, Batch.TIMERS_MAX));
      state.apply(turn.close());
    }
  }

  private static void start(OpenTurn<String, Tally, Object> turn, int from, int count) {
    names(from, count)
        .forEach(name -> turn.timers().start(name, Duration.ofHours(1), new Note(name)));
  }

  private static List<String> names(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> "t" + i).toList();
  }

  private static RefusedException assertTooMany(Executable call) {
    RefusedException refused = assertThrows(RefusedException.class, call);
    assertEquals("OW104", refused.code());
    return refused;
  }
}
