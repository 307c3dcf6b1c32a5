package dev.onewrite.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.machine.Machine;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call of one release was under way when a release of a higher version took over. */
final class DroppedActivityTest {

  record Paid(int amount) {}

  record Nothing() {}

  record Go() {}

  private final Types types = new Types();
  private final PayloadCodec payloads = new PayloadCodec(types, 10_000);
  private final Surroundings surroundings = new Surroundings(Forms.ids(), payloads, name -> true);

  private static Component<Go> component(int version) {
    Machine<String, Nothing, Go> machine =
        Machine.define(
            "order",
            String.class,
            Go.class,
            Nothing::new,
            m -> {
              m.version(version).initial("paying");
              m.state(
                  "paying",
                  s -> {
                    s.forbid(Go.class);
                    if (version == 1) {
                      s.invoke("pay", n -> new Paid(7), i -> {});
                    }
                  });
            });
    return Component.define("order", Go.class)
        .machine(machine)
        .on(Go.class, (turn, go) -> {})
        .activity("pay", Paid.class, Paid.class, (call, paid) -> paid)
        .onResult(Paid.class, (turn, paid) -> turn.emit(paid)) // of others that handlers start
        .onResult(ActivityFailed.class, (turn, failed) -> {})
        .build();
  }

  @SuppressWarnings("unchecked") // the definition of the component above
  private EntityState<String, Nothing, Go> state(int version) {
    Component<Go> component = component(version);
    types.register(component);
    return new EntityState<>(
        new Address("order", "1"),
        (Component.Definition<String, Nothing, Go>) component.definition(),
        payloads,
        10);
  }

  @Test
  void result_ofAnActivityThatAHigherVersionDrops_hasNoEffectAndIsJournaledOnce() {
    EntityState<String, Nothing, Go> earlier = state(1);
    Batch started = new OpenTurn<>(earlier, Forms.request("a"), Forms.NOW, surroundings).close();
    String activity = started.outcome().machine().activities().get(0).id();
    EntityState<String, Nothing, Go> later = state(2);
    later.apply(started);
    Cause.Completed completed = new Cause.Completed(activity);
    assertTrue(later.drops(activity));

    Intake.Opening<String, Nothing, Go> opening =
        new Intake<>(later.definition(), surroundings, InstantSource.fixed(Forms.NOW))
            .result(later, completed, payloads.encode(new Paid(7)));

    assertTrue(opening.handler().isEmpty(), "the handler is for what handlers start");
    Batch batch = opening.turn().close();
    assertEquals(List.of(), batch.outgoings());
    later.apply(batch);
    assertFalse(later.drops(activity));
    assertTrue(later.handledBefore(completed));
  }
}
