package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.docs.Player.Deck;
import dev.onewrite.docs.Player.Event;
import dev.onewrite.docs.Player.Pause;
import dev.onewrite.docs.Player.Play;
import dev.onewrite.docs.Player.Played;
import dev.onewrite.docs.Player.Power;
import dev.onewrite.docs.Player.State;
import dev.onewrite.docs.Player.Wind;
import dev.onewrite.machine.Coverage;
import dev.onewrite.machine.Effect;
import dev.onewrite.machine.Machine;
import dev.onewrite.machine.Recorded;
import dev.onewrite.machine.Snapshot;
import dev.onewrite.machine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlayerTest {

  private static final Machine<State, Deck, Event> PLAYER = Player.PLAYER;

  @Test
  void player_byHand_isAValueAStep() {
    // snippet: machine-steps
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    Snapshot<State, Deck> off = PLAYER.start(new Deck(0, ""), now).snapshot();
    Snapshot<State, Deck> on = PLAYER.transition(off, new Power(), now).snapshot();

    Step<State, Deck, Event> step = PLAYER.transition(on, new Play("So What"), now);

    Snapshot<State, Deck> playing = step.snapshot(); // `on` is still what it was
    assertEquals(List.of(State.NORMAL, State.LIT), playing.leaves());
    assertEquals(new Deck(1, "So What"), playing.context());
    assertTrue(step.effects().contains(new Effect.Emitted(new Played("So What"))));
    assertTrue(PLAYER.in(playing, State.PLAYING));
    assertTrue(PLAYER.hasTag(playing, "moving"));
    assertTrue(PLAYER.can(playing, new Pause()));
    assertFalse(PLAYER.can(on, new Play(""))); // its guard says no
    assertEquals(Set.of(Power.class, Pause.class, Wind.class), PLAYER.next(playing));
    // end
  }

  @Test
  void player_resumed_isAsFastAsBefore() {
    Snapshot<State, Deck> paused = after(new Power(), new Play("x"), new Wind(), new Pause());

    Snapshot<State, Deck> resumed =
        PLAYER.transition(paused, new Pause(), Instant.EPOCH).snapshot();

    assertEquals(List.of(State.FAST, State.LIT), resumed.leaves());
  }

  @Test
  void player_stored_goesOnWhereItWas() {
    Snapshot<State, Deck> paused = after(new Power(), new Play("x"), new Pause());

    // snippet: machine-restore
    Recorded recorded = paused.recorded(); // ids and numbers only: store it as you like
    Snapshot<State, Deck> restored = PLAYER.restore(recorded, paused.context());
    // end

    assertEquals(paused, restored);
  }

  @Test
  void player_ofVersionOne_isMigrated() {
    Snapshot<State, Deck> playing = after(new Power(), new Play("x"));
    Recorded now = playing.recorded();
    Recorded old =
        new Recorded(
            now.machine(),
            1,
            List.of("RUNNING", "LIT"),
            now.history(),
            now.timers(),
            now.activities(),
            now.entries(),
            false,
            null);

    assertEquals(new Deck(0, "So What"), PLAYER.restore(old, "So What").context());
  }

  @Test
  void player_tests_takeEveryTransition() {
    // snippet: machine-coverage
    Coverage<State, Deck, Event> coverage = Coverage.of(PLAYER);
    Snapshot<State, Deck> now = coverage.add(PLAYER.start()).snapshot();
    for (Event event : List.of(new Power(), new Play("x"), new Wind(), new Wind())) {
      now = coverage.add(PLAYER.transition(now, event, Instant.EPOCH)).snapshot();
    }
    assertFalse(coverage.isComplete()); // its toString() lists what no test took
    // end

    assertTrue(coverage.toString().contains("state never entered: PAUSED"), coverage.toString());
  }

  @Test
  void player_leftAlone_stopsAndSleeps() {
    Snapshot<State, Deck> playing = after(new Power(), new Play("x"));
    String timer = playing.timers().get(0);

    Snapshot<State, Deck> stopped =
        PLAYER.fire(playing, timer, Instant.EPOCH.plus(Duration.ofMinutes(45))).snapshot();

    assertEquals(List.of(State.STOPPED, State.DARK), stopped.leaves());
  }

  @Test
  void player_afterThreeTitles_isWornOut() {
    Snapshot<State, Deck> worn = after(new Power(), new Play("a"), new Power(), new Power());

    for (String title : List.of("b", "c")) {
      worn = PLAYER.transition(worn, new Play(title), Instant.EPOCH).snapshot();
      if (!worn.isDone()) {
        worn = PLAYER.transition(worn, new Power(), Instant.EPOCH).snapshot();
        worn = PLAYER.transition(worn, new Power(), Instant.EPOCH).snapshot();
      }
    }

    assertTrue(worn.isDone());
    assertEquals(3, worn.output().orElseThrow());
  }

  private static Snapshot<State, Deck> after(Event... events) {
    Snapshot<State, Deck> now = PLAYER.start().snapshot();
    for (Event event : events) {
      now = PLAYER.require(now, event, Instant.EPOCH).snapshot();
    }
    return now;
  }
}
