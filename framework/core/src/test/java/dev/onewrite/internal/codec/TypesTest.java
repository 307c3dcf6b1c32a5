package dev.onewrite.internal.codec;

import static dev.onewrite.internal.codec.Coded.assertCode;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.component.Named;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.Samples.Colour;
import dev.onewrite.internal.codec.Samples.Rate;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.journal.Payload;
import dev.onewrite.machine.Machine;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TypesTest {

  sealed interface Message {}

  record Ping() implements Message {}

  sealed interface Inner extends Message {}

  record Pong() implements Inner {}

  record Counted(int times) {}

  @Named("ping")
  record OtherPing() {}

  @Test
  void sealedHierarchy_registered_namesAllItsRecords() {
    Types types = new Types();

    Set<String> names = types.namesOf(Message.class);

    assertEquals(Set.of("ping", "pong"), names);
    assertEquals(Pong.class, types.classOf("pong"));
  }

  @Test
  void enumWhoseConstantsHaveBodies_registered_isOneType() {
    assertEquals(Set.of("rate"), new Types().namesOf(Rate.class));
    assertEquals(Set.of("colour"), new Types().namesOf(Colour.class));
  }

  @Test
  void twoRecords_ofOneName_areRefused() {
    Types types = Samples.types(Ping.class);

    assertCode("OW207", RefusedException.class, () -> types.register(OtherPing.class));
    assertEquals(Ping.class, types.classOf("ping"));
  }

  @Test
  void oneRecord_registeredTwice_isTaken() {
    Types types = Samples.types(Ping.class);

    assertDoesNotThrow(() -> types.register(Ping.class));
  }

  @Test
  void component_registered_bringsAllItReadsAndKeeps() {
    Types types = new Types();

    types.register(
        Component.define("counter", Message.class)
            .context(() -> new Counted(0))
            .on(Ping.class, (turn, ping) -> {})
            .answer(Pong.class, (view, pong) -> new Ping())
            .subscribe(Text.class, text -> "one", (turn, text) -> {})
            .types(Colour.class)
            .build());

    for (String name : Set.of("ping", "pong", "text", "counted", "colour")) {
      assertDoesNotThrow(() -> types.classOf(name));
    }
  }

  @Test
  void context_thatIsNoRecord_isRefusedAtRegistration() {
    Component<Message> component =
        Component.define("counter", Message.class)
            .context(() -> 0)
            .on(Ping.class, (turn, ping) -> {})
            .build();

    assertCode("OW108", RefusedException.class, () -> new Types().register(component));
  }

  private static Component<Ping> lamp() {
    return Component.define("lamp", Ping.class)
        .machine(
            Machine.define(
                "lamp",
                String.class,
                Message.class,
                () -> new Counted(0),
                m ->
                    m.initial("on")
                        .state(
                            "on",
                            s ->
                                s.on(Ping.class, t -> t.target("on"))
                                    .on(Pong.class, t -> t.target("on")))))
        .on(Ping.class, (turn, ping) -> {})
        .build();
  }

  @Test
  void machine_registered_bringsItsEventsToAFreshRegistryToo() {
    PayloadCodec writer = new PayloadCodec(types(lamp()), Samples.BYTES_MAX);
    PayloadCodec fresh = new PayloadCodec(types(lamp()), Samples.BYTES_MAX);

    assertEquals(new Pong(), fresh.decode(writer.encodeOwn(new Pong())));
    assertEquals(new Counted(3), fresh.decode(writer.encodeOwn(new Counted(3))));
  }

  private static Types types(Component<?> component) {
    Types types = new Types();
    types.register(component);
    return types;
  }

  @Test
  void value_knownByItsEncodingAlone_isNoneThatAnEntityMayKeep() {
    PayloadCodec codec = Samples.codec();
    Payload encoded = codec.encode(new Counted(1));
    codec.decodeExpected(encoded, Counted.class);

    RefusedException e =
        assertCode("OW108", RefusedException.class, () -> codec.encodeOwn(new Counted(1)));

    String what = "was not registered; add types(Counted.class) to the component";
    assertTrue(e.getMessage().contains(what), e.getMessage());
    assertCode("OW202", BrokenException.class, () -> Samples.codec().decode(encoded));
  }

  @Test
  void value_registeredAfterItsEncoding_isOneThatAnEntityMayKeep() {
    Types types = new Types();
    PayloadCodec codec = new PayloadCodec(types, Samples.BYTES_MAX);
    Payload encoded = codec.encode(Rate.LOW);

    types.register(Rate.class);

    assertEquals(encoded, codec.encodeOwn(Rate.LOW));
  }
}
