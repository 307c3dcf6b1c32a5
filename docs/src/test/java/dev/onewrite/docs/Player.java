package dev.onewrite.docs;

import dev.onewrite.machine.Machine;
import java.time.Duration;

/** The chart that docs/machine.md explains. */
final class Player {

  private Player() {}

  // snippet: machine-player
  enum State {
    OFF,
    ON,
    TRACK,
    STOPPED,
    PLAYING,
    NORMAL,
    FAST,
    PAUSED,
    RESUME,
    LAMP,
    LIT,
    DARK,
    WORN_OUT
  }

  record Deck(int turns, String title) {

    Deck with(String played) {
      return new Deck(turns + 1, played);
    }
  }

  sealed interface Event {}

  record Power() implements Event {}

  record Play(String title) implements Event {}

  sealed interface Button extends Event {}

  record Pause() implements Button {}

  record Wind() implements Button {}

  record Played(String title) {}

  static final Machine<State, Deck, Event> PLAYER =
      Machine.define(
          "player",
          State.class,
          Event.class,
          () -> new Deck(0, ""),
          m ->
              m.version(2)
                  .renamed("RUNNING", State.NORMAL) // version 1 called it so
                  .migrate(1, String.class, title -> new Deck(0, title)) // and kept only this
                  .initial(State.OFF)
                  .state(State.OFF, s -> s.on(Power.class, t -> t.target(State.ON)))
                  .parallel(
                      State.ON,
                      on ->
                          on.on(Power.class, t -> t.target(State.OFF))
                              .state(State.TRACK, Player::track)
                              .state(State.LAMP, Player::lamp))
                  .finalState(State.WORN_OUT, s -> s.output(Deck::turns)));

  private static void track(dev.onewrite.machine.StateBuilder<State, Deck, Event> track) {
    track
        .initial(State.STOPPED)
        .always(t -> t.when("worn out", deck -> deck.turns() >= 3).target(State.WORN_OUT))
        .state(
            State.STOPPED,
            s ->
                s.description("Waits for a title.")
                    .on(
                        Play.class,
                        t ->
                            t.when("has a title", (deck, play) -> !play.title().isEmpty())
                                .target(State.PLAYING)
                                .assign((deck, play) -> deck.with(play.title()))
                                .emit((deck, play) -> new Played(play.title())))
                    .forbid(Pause.class)) // said on purpose, so nothing outside takes it
        .state(
            State.PLAYING,
            s ->
                s.tag("moving")
                    .initial(State.NORMAL)
                    .history(State.RESUME) // remembers NORMAL or FAST; .deep() remembers below
                    .on(Pause.class, t -> t.target(State.PAUSED))
                    .after(Duration.ofMinutes(45), t -> t.target(State.STOPPED))
                    .state(State.NORMAL, n -> n.on(Wind.class, t -> t.target(State.FAST)))
                    .state(State.FAST, f -> f.on(Wind.class, t -> t.target(State.NORMAL))))
        .state(
            State.PAUSED,
            s ->
                s.onEntry(a -> a.raise(new Power(), Duration.ofHours(1), "sleep"))
                    .onExit(a -> a.cancel("sleep"))
                    .on(Button.class, t -> t.target(State.RESUME)));
  }

  private static void lamp(dev.onewrite.machine.StateBuilder<State, Deck, Event> lamp) {
    lamp.initial(State.DARK)
        .state(State.DARK, s -> s.always(t -> t.whenIn(State.PLAYING).target(State.LIT)))
        .state(
            State.LIT,
            s ->
                s.always(t -> t.whenIn(State.STOPPED).target(State.DARK))
                    .on(Wind.class, t -> t.target(State.LIT).reenter()));
  }
  // end
}
