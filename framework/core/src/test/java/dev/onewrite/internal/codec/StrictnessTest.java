package dev.onewrite.internal.codec;

import static dev.onewrite.internal.codec.Coded.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.Samples.Colour;
import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.journal.Payload;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What does not fit is an error and no default; what could not be read back is not written. */
final class StrictnessTest {

  private static boolean loaded;

  static final class Planted {
    static {
      loaded = true;
    }
  }

  record Tinted(Colour colour) {}

  record Checked(int positive) {
    Checked {
      if (positive < 1) {
        throw new IllegalArgumentException("not positive");
      }
    }
  }

  sealed interface Payment {}

  record Card(String number) implements Payment {}

  record Paid(Payment payment) {}

  record PaidOften(Map<String, Optional<List<Payment>>> payments) {}

  record Anyhow(Object value) {}

  record Box<T>(T value) {}

  record Boxed(Box<Line> line) {}

  record Tree(String name, List<Tree> children) {}

  static final class Bean {}

  record HoldsBean(Bean bean) {}

  private static Payload stored(String type, Map<String, ?> components) throws IOException {
    return new Payload(type, 1, new CBORMapper().writeValueAsBytes(components));
  }

  private static void assertUnfit(Class<?> type, String name, Map<String, ?> components)
      throws IOException {
    Payload payload = stored(name, components);
    PayloadCodec codec = Samples.codec(type);

    assertCode("OW204", BrokenException.class, () -> codec.decode(payload));
  }

  @Test
  void stored_componentUnknown_isBroken() throws IOException {
    assertUnfit(Line.class, "line", Map.of("article", "nut", "pieces", 1, "colour", "RED"));
  }

  @Test
  void stored_primitiveMissing_isBroken() throws IOException {
    assertUnfit(Line.class, "line", Map.of("article", "nut"));
  }

  @Test
  void stored_primitiveNull_isBroken() throws IOException {
    Map<String, Object> components = new HashMap<>(Map.of("article", "nut"));
    components.put("pieces", null);

    assertUnfit(Line.class, "line", components);
  }

  @Test
  void stored_fractionForAnInt_isBrokenAndNotRounded() throws IOException {
    assertUnfit(Line.class, "line", Map.of("article", "nut", "pieces", 1.5));
  }

  @Test
  void stored_textForAnInt_isBroken() throws IOException {
    assertUnfit(Line.class, "line", Map.of("article", "nut", "pieces", "1"));
  }

  @Test
  void stored_longForAnInt_isBroken() throws IOException {
    assertUnfit(Line.class, "line", Map.of("article", "nut", "pieces", 1L << 40));
  }

  @Test
  void stored_numberForAText_isBroken() throws IOException {
    assertUnfit(Line.class, "line", Map.of("article", 7, "pieces", 1));
    assertUnfit(Line.class, "line", Map.of("article", true, "pieces", 1));
  }

  @Test
  void stored_enumConstantUnknownOrByNumber_isBroken() throws IOException {
    assertUnfit(Tinted.class, "tinted", Map.of("colour", "BLUE"));
    assertUnfit(Tinted.class, "tinted", Map.of("colour", 0));
  }

  @Test
  void stored_valueTheConstructorRefuses_isBroken() throws IOException {
    assertUnfit(Checked.class, "checked", Map.of("positive", 0));
  }

  @Test
  void stored_bytesCutOffOrGoingOn_areBroken() {
    PayloadCodec codec = Samples.codec(Text.class);
    byte[] whole = codec.encode(new Text("nut")).bytes();
    byte[] longer = java.util.Arrays.copyOf(whole, whole.length + 1);

    for (int length = 0; length < whole.length; length++) {
      Payload cut = new Payload("text", 1, java.util.Arrays.copyOf(whole, length));
      assertCode("OW204", BrokenException.class, () -> codec.decode(cut));
    }
    assertCode("OW204", BrokenException.class, () -> codec.decode(new Payload("text", 1, longer)));
  }

  @Test
  void stored_null_isBrokenAndNotNull() {
    Payload nothing = new Payload("text", 1, new byte[] {(byte) 0xF6});

    assertCode("OW204", BrokenException.class, () -> Samples.codec(Text.class).decode(nothing));
  }

  @Test
  void stored_classNameInTheBytes_isNeverLoaded() throws IOException {
    String name = StrictnessTest.class.getName() + "$Planted";

    for (String key : List.of("@class", "@type", "class")) {
      assertUnfit(Text.class, "text", Map.of("value", "x", key, name));
    }
    assertCode(
        "OW202",
        BrokenException.class,
        () -> Samples.codec(Text.class).decode(new Payload(name, 1, new byte[] {(byte) 0xA0})));
    assertFalse(loaded);
  }

  @Test
  void component_declaredAsInterface_isRefusedBeforeItIsWritten() {
    PayloadCodec codec = Samples.codec();

    assertRefused(codec, new Paid(new Card("1")));
    assertRefused(codec, new PaidOften(Map.of()));
  }

  @Test
  void component_ofNoDeclaredType_isRefusedBeforeItIsWritten() {
    PayloadCodec codec = Samples.codec();

    assertRefused(codec, new Anyhow(1));
    assertRefused(codec, new Box<>(new Line("nut", 1)));
    assertRefused(codec, new HoldsBean(new Bean()));
  }

  @Test
  void component_genericButSaid_isTaken() {
    PayloadCodec codec = Samples.codec();
    Boxed boxed = new Boxed(new Box<>(new Line("nut", 1)));

    assertEquals(boxed, codec.decode(codec.encode(boxed)));
  }

  @Test
  void record_thatHoldsItsOwnKind_isTaken() {
    PayloadCodec codec = Samples.codec();
    Tree tree = new Tree("root", List.of(new Tree("leaf", List.of())));

    assertEquals(tree, codec.decode(codec.encode(tree)));
  }

  private static void assertRefused(PayloadCodec codec, Object value) {
    assertCode("OW108", RefusedException.class, () -> codec.encode(value));
  }
}
