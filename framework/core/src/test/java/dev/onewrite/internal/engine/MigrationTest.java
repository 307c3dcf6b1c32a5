package dev.onewrite.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Batch;
import dev.onewrite.machine.Machine;
import dev.onewrite.machine.MachineException;
import org.junit.jupiter.api.Test;

/** A context that an older release recorded is migrated once, however many batches follow. */
final class MigrationTest {

  record Number(int value) {}

  record Go() {}

  private static final Address ENTITY = new Address("count", "1");

  private static Component<Go> component(int version) {
    Machine<String, Number, Go> machine =
        Machine.define(
            "count",
            String.class,
            Go.class,
            () -> new Number(1),
            m -> {
              m.initial("on").state("on", s -> s.forbid(Go.class)).version(version);
              if (version == 2) {
                m.migrate(1, Number.class, old -> new Number(old.value() + 100));
              }
            });
    return Component.define("count", Go.class).machine(machine).on(Go.class, (t, go) -> {}).build();
  }

  @SuppressWarnings("unchecked") // the definition of the component above
  private static EntityState<String, Number, Go> state(int version) {
    Types types = new Types();
    Component<Go> component = component(version);
    types.register(component);
    return new EntityState<>(
        ENTITY,
        (Component.Definition<String, Number, Go>) component.definition(),
        new PayloadCodec(types, 10_000),
        10);
  }

  private static Batch turn(EntityState<String, Number, Go> state, String request) {
    Types types = new Types();
    types.register(component(1));
    Surroundings surroundings =
        new Surroundings(Forms.ids(), new PayloadCodec(types, 10_000), name -> true);
    Batch batch = new OpenTurn<>(state, Forms.request(request), Forms.NOW, surroundings).close();
    state.apply(batch);
    return batch;
  }

  @Test
  void context_ofAnOlderVersion_isMigratedOnceForAllItsBatches() {
    EntityState<String, Number, Go> before = state(1);
    Batch first = turn(before, "a");
    Batch second = turn(before, "b");
    Batch third = turn(before, "c");
    assertNull(second.outcome().context(), "the second turn left the context as it was");

    EntityState<String, Number, Go> after = state(2);
    after.apply(first);
    after.apply(second);
    after.apply(third);

    assertEquals(new Number(101), after.context());
  }

  @Test
  void batch_ofANewerVersionThatLeftTheContext_isRefusedByTheOlderOne() {
    EntityState<String, Number, Go> older = state(1);
    Batch first = turn(older, "a");
    EntityState<String, Number, Go> newer = state(2);
    newer.apply(first);
    Batch second = turn(newer, "b");
    assertNull(second.outcome().context(), "the second turn left the context as it was");

    MachineException refused = assertThrows(MachineException.class, () -> older.apply(second));

    assertEquals("OW006", refused.code());
  }
}
