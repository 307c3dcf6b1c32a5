package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.component.OverdueTimers;
import dev.onewrite.machine.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers that are set in a turn fire once, also after a restart. */
final class TimersTest {

  enum Light {
    OFF,
    ON
  }

  record Switched(int off) {}

  sealed interface LightEvent {}

  record SwitchOn() implements LightEvent {}

  static Machine<Light, Switched, LightEvent> machine(Duration stays) {
    return Machine.define(
        "light",
        Light.class,
        LightEvent.class,
        () -> new Switched(0),
        m ->
            m.initial(Light.OFF)
                .state(Light.OFF, s -> s.on(SwitchOn.class, t -> t.target(Light.ON)))
                .state(
                    Light.ON,
                    s ->
                        s.on(SwitchOn.class, t -> t.target(Light.ON).reenter())
                            .after(
                                stays,
                                t ->
                                    t.target(Light.OFF)
                                        .assign(context -> new Switched(context.off() + 1)))));
  }

  sealed interface LightMessage {}

  record Press() implements LightMessage {}

  record Look() implements LightMessage {}

  record Seen(String state, int off) {}

  static Component<LightMessage> light(Duration stays) {
    return Component.define("light", LightMessage.class)
        .machine(machine(stays))
        .on(Press.class, (turn, press) -> turn.machine().send(new SwitchOn()))
        .answer(Look.class, (view, look) -> new Seen(view.state().name(), view.context().off()))
        .build();
  }

  sealed interface BellMessage {}

  record Wind(String name, long millis, String text) implements BellMessage {}

  record Unwind(String name) implements BellMessage {}

  record Ring(String text) implements BellMessage {}

  record Listen() implements BellMessage {}

  record Rung(List<String> texts) {}

  static Component<BellMessage> bell(OverdueTimers overdue) {
    return Component.define("bell", BellMessage.class)
        .context(() -> new Rung(List.of()))
        .on(
            Wind.class,
            (turn, wind) ->
                turn.timers()
                    .start(wind.name(), Duration.ofMillis(wind.millis()), new Ring(wind.text())))
        .on(Unwind.class, (turn, unwind) -> turn.timers().cancel(unwind.name()))
        .on(
            Ring.class,
            (turn, ring) ->
                turn.assign(
                    rung ->
                        new Rung(
                            Stream.concat(rung.texts().stream(), Stream.of(ring.text())).toList())))
        .answer(Listen.class, (view, listen) -> view.context())
        .overdueTimers(overdue)
        .build();
  }

  @TempDir Path directory;

  @Test
  void afterOfAState_whenItsTimeHasCome_movesTheMachineOnce() {
    Component<LightMessage> light = light(Duration.ofMillis(200));

    try (Onewrite onewrite = node(light)) {
      Ref<LightMessage> hall = onewrite.ref(light, "hall");
      hall.tell(new Press()).toCompletableFuture().join();
      assertEquals(new Seen("ON", 0), look(hall));

      Await.until("off again", () -> look(hall).equals(new Seen("OFF", 1)));
    }
  }

  @Test
  void afterOfAState_thatWasLeftAndEnteredAgain_countsFromTheNewEntry() {
    Component<LightMessage> light = light(Duration.ofMillis(300));

    try (Onewrite onewrite = node(light)) {
      Ref<LightMessage> hall = onewrite.ref(light, "hall");
      for (int i = 0; i < 5; i++) {
        hall.tell(new Press()).toCompletableFuture().join();
      }

      Await.until("off again", () -> look(hall).state().equals("OFF"));
      assertEquals(1, look(hall).off());
    }
  }

  @Test
  void afterOfAState_dueWhileNobodyRan_firesOnceAfterTheStart() {
    Component<LightMessage> light = light(Duration.ofMillis(50));
    try (Onewrite onewrite = node(light)) {
      onewrite.ref(light, "hall").tell(new Press()).toCompletableFuture().join();
    }

    try (Onewrite onewrite = node(light)) {
      Ref<LightMessage> hall = onewrite.ref(light, "hall");
      Await.until("off again", () -> look(hall).equals(new Seen("OFF", 1)));
    }
  }

  @Test
  void namedTimer_setAgain_replacesTheOneBefore() {
    Component<BellMessage> bell = bell(OverdueTimers.FIRE);

    try (Onewrite onewrite = node(bell)) {
      Ref<BellMessage> door = onewrite.ref(bell, "door");
      door.tell(new Wind("a", 60_000, "never")).toCompletableFuture().join();
      door.tell(new Wind("a", 50, "a")).toCompletableFuture().join();
      door.tell(new Wind("b", 60_000, "never")).toCompletableFuture().join();
      door.tell(new Unwind("b")).toCompletableFuture().join();
      door.tell(new Wind("c", 100, "c")).toCompletableFuture().join();

      Await.until("both rang", () -> listen(door).size() == 2);
      assertEquals(List.of("a", "c"), listen(door));
    }
  }

  @Test
  void namedTimer_ofAnEntityThatLeftMemory_fires() {
    Component<BellMessage> bell = bell(OverdueTimers.FIRE);

    try (Onewrite onewrite =
        Onewrite.builder()
            .component(bell)
            .directory(directory)
            .set("onewrite.passivate-after", "20ms")
            .start()) {
      Ref<BellMessage> door = onewrite.ref(bell, "door");
      door.tell(new Wind("a", 400, "a")).toCompletableFuture().join();

      Await.until("it rang", () -> onewrite.history(door.address()).size() == 2);
      assertEquals(List.of("a"), listen(door));
    }
  }

  @Test
  void overdueTimer_ofAComponentThatSkips_isSpentWithoutEffect() {
    Component<BellMessage> bell = bell(OverdueTimers.SKIP);
    try (Onewrite onewrite = node(bell)) {
      onewrite.ref(bell, "door").tell(new Wind("a", 150, "late")).toCompletableFuture().join();
      assertTrue(listen(onewrite.ref(bell, "door")).isEmpty());
    }
    long due = System.nanoTime() + Duration.ofMillis(200).toNanos();
    Await.until("the timer is overdue", () -> System.nanoTime() > due);

    try (Onewrite onewrite = node(bell)) {
      Ref<BellMessage> door = onewrite.ref(bell, "door");
      Await.until("it was spent", () -> onewrite.history(door.address()).size() == 2);
      door.tell(new Wind("b", 10, "b")).toCompletableFuture().join();
      Await.until("the next rang", () -> !listen(door).isEmpty());
      assertEquals(List.of("b"), listen(door));
    }
  }

  @Test
  void timerOfAFailedTurn_isNotSet() {
    Component<BellMessage> bell =
        Component.define("bell", BellMessage.class)
            .context(() -> new Rung(List.of()))
            .on(
                Wind.class,
                (turn, wind) -> {
                  turn.timers().start("a", Duration.ZERO, new Ring("never"));
                  throw new IllegalStateException("no");
                })
            .on(Ring.class, (turn, ring) -> turn.assign(rung -> new Rung(List.of("rang"))))
            .answer(Listen.class, (view, listen) -> view.context())
            .build();

    try (Onewrite onewrite = node(bell)) {
      Ref<BellMessage> door = onewrite.ref(bell, "door");
      boolean failed =
          door.tell(new Wind("a", 0, ""))
              .handle((done, failure) -> failure != null)
              .toCompletableFuture()
              .join();

      assertTrue(failed);
      assertFalse(listen(door).contains("rang"));
      assertTrue(onewrite.history(door.address()).isEmpty());
    }
  }

  private Onewrite node(Component<?> component) {
    return Onewrite.builder().component(component).directory(directory).start();
  }

  private static Seen look(Ref<LightMessage> light) {
    return light.ask(new Look(), Seen.class).toCompletableFuture().join();
  }

  private static List<String> listen(Ref<BellMessage> bell) {
    return bell.ask(new Listen(), Rung.class).toCompletableFuture().join().texts();
  }
}
