package dev.onewrite.projection;

import dev.onewrite.component.Activity;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Components whose processes are killed: one that calls the outside, one that waits. */
final class Calls {

  private Calls() {}

  enum Phase {
    IDLE,
    CALLING,
    CALLED
  }

  record Result(String text) {}

  record Input(String text) {}

  sealed interface Event {}

  record Begin() implements Event {}

  static final Machine<Phase, Result, Event> MACHINE =
      Machine.define(
          "caller",
          Phase.class,
          Event.class,
          () -> new Result(""),
          m ->
              m.initial(Phase.IDLE)
                  .state(Phase.IDLE, s -> s.on(Begin.class, t -> t.target(Phase.CALLING)))
                  .state(
                      Phase.CALLING,
                      s ->
                          s.invoke(
                              "call",
                              context -> new Input("in"),
                              i ->
                                  i.onDone(
                                      Result.class,
                                      t -> t.target(Phase.CALLED).assign((c, r) -> r))))
                  .finalState(Phase.CALLED));

  sealed interface Message {}

  record Go() implements Message {}

  static Component<Message> caller(Activity<Input, Result> call) {
    return Component.define("caller", Message.class)
        .machine(MACHINE)
        .on(Go.class, (turn, go) -> turn.machine().send(new Begin()))
        .activity("call", Input.class, Result.class, call)
        .build();
  }

  /** What was called, with which key: kept where a killed process cannot lose it. */
  static void write(Path calls, String key) throws IOException {
    Files.writeString(calls, key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  sealed interface ClockMessage {}

  record Wind(int from, int to, Instant due) implements ClockMessage {}

  record Strike(int number, Instant due) implements ClockMessage {}

  record Count() implements ClockMessage {}

  record Struck(int times, int early, int lastSum) {}

  /** Sets many timers and counts what strikes; a strike before its time is early. */
  static final Component<ClockMessage> CLOCK =
      Component.define("clock", ClockMessage.class)
          .context(() -> new Struck(0, 0, 0))
          .on(
              Wind.class,
              (turn, wind) -> {
                for (int number = wind.from(); number < wind.to(); number++) {
                  turn.timers()
                      .start(
                          "t" + number,
                          Duration.between(turn.now(), wind.due()),
                          new Strike(number, wind.due()));
                }
              })
          .on(
              Strike.class,
              (turn, strike) ->
                  turn.assign(
                      struck ->
                          new Struck(
                              struck.times() + 1,
                              struck.early() + (turn.now().isBefore(strike.due()) ? 1 : 0),
                              struck.lastSum() + strike.number())))
          .answer(Count.class, (view, count) -> view.context())
          .build();

  /** The command line of a process with this one's class path. */
  static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
