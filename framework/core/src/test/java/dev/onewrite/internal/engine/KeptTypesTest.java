package dev.onewrite.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Batch;
import dev.onewrite.machine.Machine;
import dev.onewrite.spi.JournalRow;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an entity keeps is of registered types, so that it is read after a restart as well. */
final class KeptTypesTest {

  private static final Address ID = new Address("job", "1");

  record Begin() {}

  /** Not sealed, so that its records are unknown until they are named. */
  interface Progress {}

  record Idle() implements Progress {}

  record Busy() implements Progress {}

  interface Signal {}

  record Work() implements Signal {}

  record Late() implements Signal {}

  record End() implements Signal {}

  record Outcome(int sum) {}

  record Reminder() {}

  record Extra() {}

  record Input() {}

  private static final Machine<String, Progress, Signal> MACHINE =
      Machine.define(
          "job",
          String.class,
          Signal.class,
          Idle::new,
          m ->
              m.initial("on")
                  .state(
                      "on",
                      s ->
                          s.on(Work.class, t -> t.assign((progress, e) -> new Busy()))
                              .on(Late.class, t -> t.raise(new Late(), Duration.ofDays(1)))
                              .on(End.class, t -> t.target("end")))
                  .finalState("end", s -> s.output(progress -> new Outcome(7))));

  private static Component<Begin> job(Class<?>... types) {
    return Component.define("job", Begin.class)
        .machine(MACHINE)
        .on(Begin.class, (turn, begin) -> {})
        .onResult(ActivityFailed.class, (turn, failed) -> {})
        .activity("work", Input.class, Begin.class, (call, input) -> new Begin())
        .onResult(Begin.class, (turn, begin) -> {})
        .types(types)
        .build();
  }

  private static PayloadCodec payloads(Component<?> component) {
    Types types = new Types();
    types.register(component);
    return new PayloadCodec(types, 4 << 10);
  }

  private static OpenTurn<String, Progress, Signal> open(
      Component<Begin> component, PayloadCodec payloads) {
    return new OpenTurn<>(
        state(component, payloads),
        Forms.request("r"),
        Forms.NOW,
        new Surroundings(Forms.ids(), payloads, name -> true));
  }

  @SuppressWarnings("unchecked") // the machine's types are the definition's
  private static EntityState<String, Progress, Signal> state(
      Component<Begin> component, PayloadCodec payloads) {
    return new EntityState<>(
        ID,
        (Component.Definition<String, Progress, Signal>) component.definition(),
        payloads,
        Forms.RETAINED);
  }

  /** Refused as long as {@code type} is unknown, and after a restart equal once it is named. */
  private static void assertMustBeNamed(
      Class<?> type, Consumer<OpenTurn<String, Progress, Signal>> handler) {
    Component<Begin> without = job();
    PayloadCodec forgetful = payloads(without);
    RefusedException e =
        assertThrows(
            RefusedException.class,
            () -> {
              OpenTurn<String, Progress, Signal> turn = open(without, forgetful);
              handler.accept(turn);
              turn.close();
            });
    assertEquals("OW108", e.code(), e.getMessage());
    assertTrue(e.getMessage().contains("add types(" + type.getSimpleName() + ".class)"));

    Component<Begin> with = job(type);
    OpenTurn<String, Progress, Signal> turn = open(with, payloads(with));
    handler.accept(turn);
    Batch batch = turn.close();
    byte[] bytes = new BatchCodec(payloads(with)).encode(ID.persistenceId(), 1, batch);

    PayloadCodec restarted = payloads(with);
    Batch read =
        new BatchCodec(restarted)
            .decode(new JournalRow(ID.persistenceId(), 1, "w", BatchCodec.MANIFEST, bytes, 0));
    EntityState<String, Progress, Signal> recovered = state(with, restarted);
    recovered.apply(read);
    assertEquals(batch, read);
    batch.timers().stream()
        .flatMap(timer -> recovered.timerMessage(timer.id()).stream())
        .forEach(restarted::decode);
    batch.outgoings().forEach(outgoing -> restarted.decode(outgoing.payload()));
    assertEquals(batch.outcome(), recovered.stored().outcome());
  }

  @Test
  void context_ofATypeNotRegistered_isRefusedUntilItIsNamed() {
    assertMustBeNamed(Busy.class, turn -> turn.machine().send(new Work()));
  }

  @Test
  void output_ofATypeNotRegistered_isRefusedUntilItIsNamed() {
    assertMustBeNamed(Outcome.class, turn -> turn.machine().send(new End()));
  }

  @Test
  void delayedEvent_ofATypeNotRegistered_isRefusedUntilItIsNamed() {
    assertMustBeNamed(Late.class, turn -> turn.machine().send(new Late()));
  }

  @Test
  void timerMessage_ofATypeNotRegistered_isRefusedUntilItIsNamed() {
    assertMustBeNamed(
        Reminder.class, turn -> turn.timers().start("t", Duration.ofDays(1), new Reminder()));
  }

  @Test
  void activityInput_ofAComponentNotRegistered_isRefused() {
    PayloadCodec nothing = new PayloadCodec(new Types(), 4 << 10);
    OpenTurn<String, Progress, Signal> turn = open(job(), nothing);

    RefusedException e =
        assertThrows(RefusedException.class, () -> turn.invoke("work", new Input()));

    assertEquals("OW108", e.code(), e.getMessage());
  }

  @Test
  void whatOthersRead_ofATypeNotRegistered_isTaken() {
    Component<Begin> component = job();
    OpenTurn<String, Progress, Signal> turn = open(component, payloads(component));

    turn.emit(new Extra());
    turn.send(ID, new Extra());
    turn.reply(new Extra());

    assertEquals(2, turn.close().outgoings().size());
  }
}
