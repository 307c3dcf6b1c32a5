package dev.onewrite.rig;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.ComponentBuilder;
import dev.onewrite.component.Turn;
import dev.onewrite.machine.Machine;
import dev.onewrite.rig.Step.Layer;
import dev.onewrite.rig.Step.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** The three components that run programs. They do the same and differ in whom they listen to. */
final class Parts {

  sealed interface Message {}

  /** A step, and as many characters as it asks for. */
  record Go(Step step, String text) implements Message {}

  /** The same on a thread of its own. */
  record GoSlowly(Step step, String text) implements Message {}

  /** A timer's message. */
  record Tick(Step step) implements Message {}

  record Ask() implements Message {}

  record ForMiddle(List<Step> steps, String text) {}

  record ForBack(List<Step> steps, String text) {}

  record Fetch(Step step) {}

  record Fetched(Step step) {}

  record Finished(String step) {}

  enum Phase {
    EVEN,
    ODD
  }

  sealed interface Event {}

  record Did(String step, boolean allowed) implements Event {}

  /** How many steps, and which in which order. */
  record Tally(long count, long hash) {
    Tally with(String step) {
      return new Tally(count + 1, hash * 31 + step.hashCode());
    }
  }

  static final Machine<Phase, Tally, Event> MACHINE =
      Machine.define(
          "rig",
          Phase.class,
          Event.class,
          () -> new Tally(0, 0),
          m ->
              m.initial(Phase.EVEN)
                  .state(
                      Phase.EVEN,
                      s ->
                          s.on(
                              Did.class,
                              t ->
                                  t.when((tally, did) -> did.allowed())
                                      .target(Phase.ODD)
                                      .assign((tally, did) -> tally.with(did.step()))))
                  .state(
                      Phase.ODD,
                      s ->
                          s.on(
                              Did.class,
                              t ->
                                  t.when((tally, did) -> did.allowed())
                                      .target(Phase.EVEN)
                                      .assign((tally, did) -> tally.with(did.step())))));

  /** What handlers need of their process. */
  interface Surroundings {
    /** Whether this step was not seen by any process of the run before. */
    boolean isFirst(Step step);

    /** Whether poison is still poison. */
    boolean isPoisoned();
  }

  private final Surroundings surroundings;
  private final Component<Message> front = component(Layer.FRONT).build();
  private final Component<Message> middle =
      component(Layer.MIDDLE)
          .subscribeAll(
              ForMiddle.class,
              event -> event.steps().stream().map(Step::at).toList(),
              (turn, event) -> take(turn, event.steps(), event.text()))
          .build();
  private final Component<Message> back =
      component(Layer.BACK)
          .subscribeAll(
              ForBack.class,
              event -> event.steps().stream().map(Step::at).toList(),
              (turn, event) -> take(turn, event.steps(), event.text()))
          .build();

  Parts(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<Component<Message>> all() {
    return List.of(front, middle, back);
  }

  Component<Message> of(Layer layer) {
    return all().get(layer.ordinal());
  }

  private ComponentBuilder<Message, Phase, Tally, Event> component(Layer layer) {
    return Component.define(Step.component(layer), Message.class)
        .machine(MACHINE)
        .on(Go.class, (turn, go) -> act(turn, go.step(), go.text()))
        .onBlocking(
            GoSlowly.class,
            (turn, go) -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
              act(turn, go.step(), go.text());
            })
        .on(Tick.class, (turn, tick) -> act(turn, tick.step(), ""))
        .activity("fetch", Fetch.class, Fetched.class, (call, fetch) -> new Fetched(fetch.step()))
        .onResult(
            Fetched.class,
            (turn, fetched) -> act(turn, fetched.step(), text(fetched.step().id(), 0)))
        .onResult(
            ActivityFailed.class,
            (turn, failed) -> {
              throw new AssertionError("nothing makes it fail ten times: " + failed);
            })
        .answer(Ask.class, (view, ask) -> view.context());
  }

  private void take(Turn<Phase, Tally, Event> turn, List<Step> steps, String text) {
    Step mine =
        steps.stream()
            .filter(step -> step.at().equals(turn.self().entityId()))
            .findFirst()
            .orElseThrow();
    act(turn, mine, text);
  }

  private void act(Turn<Phase, Tally, Event> turn, Step step, String text) {
    check(text);
    if (step.manner() == Manner.THROWS && surroundings.isFirst(step)) {
      throw new IllegalStateException("as told, once, at " + step.id());
    }
    if (step.manner() == Manner.POISON && surroundings.isPoisoned()) {
      throw new IllegalStateException("as told, always, at " + step.id());
    }
    boolean allowed = step.manner() != Manner.GUARDED;
    if (turn.machine().send(new Did(step.id(), allowed)) != allowed) {
      throw new AssertionError("the guard let through what it had to reject, or the reverse");
    }
    for (Step next : step.sends()) {
      String words = text(next.id(), next.bytes());
      turn.send(
          new Address(Step.component(next.layer()), next.at()),
          next.manner() == Manner.SLOW ? new GoSlowly(next, words) : new Go(next, words));
    }
    emit(turn, step, Layer.MIDDLE, steps -> new ForMiddle(steps, words(steps)));
    emit(turn, step, Layer.BACK, steps -> new ForBack(steps, words(steps)));
    for (Step next : step.timers()) {
      turn.timers().start(next.timer(), Duration.ofMillis(next.delayMillis()), new Tick(next));
    }
    step.calls().forEach(next -> turn.invoke("fetch", new Fetch(next)));
    turn.reply(new Finished(step.id()));
  }

  private static void emit(
      Turn<Phase, Tally, Event> turn, Step step, Layer layer, Function<List<Step>, Object> event) {
    List<Step> steps = new ArrayList<>(step.emits());
    steps.removeIf(next -> next.layer() != layer);
    if (!steps.isEmpty()) {
      turn.emit(event.apply(steps));
    }
  }

  private static String words(List<Step> steps) {
    Step first = steps.get(0);
    return text(first.id(), first.bytes());
  }

  /** The text tells its own length and beginning, so that a cut or foreign one is noticed. */
  static String text(String id, int bytes) {
    String head = id + " " + bytes + " ";
    return head + "abcdefgh".repeat(bytes / 8 + 1).substring(0, bytes);
  }

  private static void check(String text) {
    if (text.isEmpty()) {
      return;
    }
    String[] parts = text.split(" ", 3);
    if (!text.equals(text(parts[0], Integer.parseInt(parts[1])))) {
      throw new AssertionError("a text came out other than it went in: " + parts[0]);
    }
  }
}
