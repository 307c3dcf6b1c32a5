package dev.onewrite.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComponentBuilderTest {

  sealed interface Message {}

  record Add(int amount) implements Message {}

  record Clear() implements Message {}

  sealed interface Question extends Message {}

  record HowMany() implements Question {}

  interface Unsealed {}

  sealed interface Leaky {}

  non-sealed interface Leak extends Leaky {}

  record Total(int amount) {}

  private static ComponentBuilder<Message, String, Total, Object> counter() {
    return Component.define("counter", Message.class).context(() -> new Total(0));
  }

  private static String mistakes(ComponentBuilder<?, ?, ?, ?> builder) {
    RefusedException thrown = assertThrows(RefusedException.class, builder::build);
    assertEquals("OW113", thrown.code());
    return thrown.getMessage();
  }

  private static void assertMistake(String mistake, ComponentBuilder<?, ?, ?, ?> builder) {
    String message = mistakes(builder);
    assertTrue(message.contains(mistake), message);
  }

  @Test
  void definition_withManyMistakes_listsAllOfThem() {
    String message =
        mistakes(
            counter()
                .on(Add.class, (turn, add) -> {})
                .onBlocking(Add.class, (turn, add) -> {})
                .answer(Add.class, (view, add) -> new Total(0))
                .subscribe(Total.class, total -> "1", (turn, total) -> {})
                .subscribe(Total.class, total -> "2", (turn, total) -> {})
                .turnTimeout(Duration.ZERO)
                .types(String.class));

    assertEquals(2, message.split("Add twice", -1).length - 1, message);
    assertTrue(message.contains("subscribes to " + Total.class.getName() + " twice"), message);
    assertTrue(message.contains("turn time-out is PT0S"), message);
    assertTrue(message.contains("java.lang.String is no record"), message);
    assertTrue(message.contains("\"counter\""), message);
  }

  @Test
  void definition_thatHandlesNothing_isRefused() {
    assertMistake("handles nothing", counter());
  }

  @Test
  void timeout_negative_isRefusedAndTheSmallestTaken() {
    assertMistake(
        "time-out", counter().on(Add.class, (turn, add) -> {}).turnTimeout(Duration.ofMillis(-1)));

    Component<Message> component =
        counter().on(Add.class, (turn, add) -> {}).turnTimeout(Duration.ofNanos(1)).build();

    assertEquals(Optional.of(Duration.ofNanos(1)), component.definition().turnTimeout());
  }

  @Test
  void handler_behindAWiderOne_isRefused() {
    assertMistake(
        "would never run",
        counter().on(Message.class, (turn, m) -> {}).on(Add.class, (turn, add) -> {}));
    assertMistake(
        "would never run",
        counter()
            .subscribe(Message.class, m -> "1", (turn, m) -> {})
            .subscribe(Add.class, add -> "1", (turn, add) -> {}));
    assertMistake(
        "would never run",
        counter()
            .answer(Message.class, (view, m) -> new Total(0))
            .on(Add.class, (turn, add) -> {}));
  }

  @Test
  void handler_beforeAWiderOne_isTaken() {
    Component<Message> component =
        counter()
            .on(Add.class, (turn, add) -> {})
            .answer(Question.class, (view, question) -> new Total(0))
            .on(Message.class, (turn, m) -> {})
            .build();

    assertEquals(
        List.of(Add.class, Message.class),
        component.definition().handlings().stream().map(Handling::type).toList());
  }

  @Test
  void type_whoseRecordsAreNotKnown_isRefused() {
    var unsealed =
        Component.define("counter", Object.class)
            .context(() -> new Total(0))
            .subscribe(Unsealed.class, e -> "1", (turn, e) -> {});
    var leaky =
        Component.define("counter", Object.class)
            .context(() -> new Total(0))
            .on(Leaky.class, (turn, e) -> {});

    assertMistake("Unsealed is no record", unsealed);
    assertMistake("Leak is no record", leaky);
  }

  @Test
  void component_definedTwiceFromOneBuilder_doesNotShareItsLists() {
    ComponentBuilder<Message, String, Total, Object> builder =
        counter().on(Add.class, (turn, add) -> {});
    Component<Message> first = builder.build();

    Component<Message> second = builder.on(Clear.class, (turn, clear) -> {}).build();

    assertEquals(1, first.definition().handlings().size());
    assertEquals(2, second.definition().handlings().size());
  }
}
