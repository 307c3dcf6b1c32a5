package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import dev.onewrite.machine.MachineBuilder;
import dev.onewrite.machine.Mistake;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entity whose recorded state or context the running release does not have. */
final class ChangedMachineTest {

  record Count(int value) {}

  record Total(long value) {}

  sealed interface GateEvent {}

  record Shut() implements GateEvent {}

  sealed interface GateMessage {}

  record Close() implements GateMessage {}

  record Look() implements GateMessage {}

  record Seen(String state, String context) {}

  @TempDir Path directory;

  @BeforeEach
  void closed() {
    Component<GateMessage> gate =
        gate(
            m ->
                m.initial("open")
                    .state(
                        "open",
                        s ->
                            s.on(
                                Shut.class,
                                t -> t.target("closed").assign(c -> new Count(c.value() + 1))))
                    .state("closed"),
            new Count(6));
    try (Onewrite onewrite = start(gate)) {
      onewrite.ref(gate, "1").tell(new Close()).toCompletableFuture().join();
    }
  }

  @Test
  void stateThatIsGone_withoutAMapping_isRefusedNamingItAndTheMend() {
    String refused = refused(gate(m -> m.initial("open").state("open"), new Count(0)));

    assertTrue(refused.contains("[OW005]"), refused);
    assertTrue(refused.contains("'closed'") && refused.contains("renamed(\"closed\""), refused);
  }

  @Test
  void stateThatIsGone_renamed_isReadAsTheNewOne() {
    Component<GateMessage> gate =
        gate(
            m -> m.initial("open").state("open").state("shut").renamed("closed", "shut"),
            new Count(0));

    try (Onewrite onewrite = start(gate)) {
      assertEquals(new Seen("shut", "Count[value=7]"), look(onewrite.ref(gate, "1")));
    }
  }

  @Test
  void contextOfAnotherType_withoutAMigration_isRefusedNamingBoth() {
    String refused =
        refused(
            gate(
                m ->
                    m.initial("open")
                        .state("open")
                        .state("closed")
                        .contextType(Total.class)
                        .version(2),
                new Total(0),
                Count.class));

    assertTrue(refused.contains("[OW007]"), refused);
    assertTrue(refused.contains("Count") && refused.contains("Total"), refused);
  }

  @Test
  void contextOfAnotherType_migrated_isReadAsTheNewOne() {
    Component<GateMessage> gate =
        gate(
            m ->
                m.initial("open")
                    .state("open")
                    .state("closed")
                    .version(2)
                    .migrate(1, Count.class, count -> new Total(count.value())),
            new Total(0));

    try (Onewrite onewrite = start(gate)) {
      assertEquals(new Seen("closed", "Total[value=7]"), look(onewrite.ref(gate, "1")));
    }
  }

  private static <C> Component<GateMessage> gate(
      Consumer<MachineBuilder<String, C, GateEvent>> definition, C context, Class<?>... kept) {
    Machine<String, C, GateEvent> machine =
        Machine.define(
            "gate",
            String.class,
            GateEvent.class,
            () -> context,
            m -> {
              definition.accept(m);
              m.allow(Mistake.Kind.UNREACHABLE_STATE, Mistake.Kind.UNHANDLED_EVENT);
            });
    return Component.define("gate", GateMessage.class)
        .machine(machine)
        .types(kept)
        .on(Close.class, (turn, close) -> turn.machine().send(new Shut()))
        .answer(Look.class, (view, look) -> new Seen(view.state(), view.context().toString()))
        .build();
  }

  private Onewrite start(Component<GateMessage> gate) {
    return Onewrite.builder().component(gate).directory(directory).start();
  }

  private String refused(Component<GateMessage> gate) {
    try (Onewrite onewrite = start(gate)) {
      CompletionException failed =
          assertThrows(CompletionException.class, () -> look(onewrite.ref(gate, "1")));
      assertEquals(BrokenException.class, failed.getCause().getClass());
      return failed.getCause().getMessage();
    }
  }

  private static Seen look(Ref<GateMessage> gate) {
    return gate.ask(new Look(), Seen.class).toCompletableFuture().join();
  }
}
