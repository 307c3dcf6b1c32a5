package dev.onewrite.internal.codec;

import static dev.onewrite.internal.codec.Coded.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.BrokenException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.Samples.Anything;
import dev.onewrite.internal.codec.Samples.Cart;
import dev.onewrite.internal.codec.Samples.Colour;
import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Nothing;
import dev.onewrite.internal.codec.Samples.Odd;
import dev.onewrite.internal.codec.Samples.Order;
import dev.onewrite.internal.codec.Samples.Rate;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.internal.codec.Samples.Times;
import dev.onewrite.internal.codec.Samples.Wide;
import dev.onewrite.journal.Payload;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PayloadCodecTest {

  private static final Instant NANOS = Instant.parse("2026-01-01T00:00:00.123456789Z");

  static List<Object> values() {
    return List.of(
        new Text(""),
        new Text("Grüße, 世界, 😀, \0"),
        new Nothing(),
        new Order("1", List.of(), Map.of(), Set.of()),
        new Order(
            "2",
            List.of(new Line("nut", 3), new Line("bolt", 4)),
            Map.of("a b", new Line("nut", -1)),
            Set.of(Colour.RED, Colour.GREEN)),
        new Wide(
            true,
            Byte.MIN_VALUE,
            Short.MAX_VALUE,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            1.5f,
            Double.MIN_VALUE,
            '€',
            "text",
            7,
            Colour.GREEN,
            Rate.HIGH),
        new Wide(
            false,
            (byte) 0,
            (short) 0,
            0,
            Long.MIN_VALUE,
            Float.NaN,
            Double.NEGATIVE_INFINITY,
            '\0',
            null,
            null,
            null,
            Rate.LOW),
        new Times(
            NANOS,
            Duration.ofNanos(1_234_567_891L),
            LocalDate.of(2026, 2, 28),
            ZonedDateTime.ofInstant(NANOS, ZoneId.of("Europe/Paris")),
            OffsetDateTime.parse("2026-01-01T03:00:00.000000001+03:00")),
        new Times(
            Instant.EPOCH.minusNanos(1),
            Duration.ZERO.minusMillis(5),
            LocalDate.MIN.withYear(-44),
            ZonedDateTime.ofInstant(Instant.EPOCH, ZoneId.of("UTC")),
            OffsetDateTime.parse("1970-01-01T00:00:00Z")),
        new Odd(Optional.of("x"), OptionalInt.of(3), new UUID(1, 2), new BigDecimal("1.10")),
        new Odd(Optional.empty(), OptionalInt.empty(), new UUID(-1, 0), new BigDecimal("1E+9")),
        Colour.RED,
        Rate.HIGH,
        new Anything("x"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_encodedAndDecoded_isEqual(Object value) {
    PayloadCodec codec = Samples.codec();

    Payload payload = codec.encode(value);

    assertEquals(value, codec.decode(payload));
  }

  @Test
  void recordWithGetterLikeMethods_encoded_holdsItsComponentsOnly() {
    PayloadCodec codec = Samples.codec();

    Payload payload = codec.encode(new Cart(List.of("nut")));

    assertEquals(Map.of("items", List.of("nut")), PayloadCodec.components(payload));
    assertEquals(new Cart(List.of("nut")), codec.decode(payload));
  }

  @Test
  void payload_ofNamedRecord_carriesItsLogicalNameAndNoClassName() {
    Payload payload = Samples.codec().encode(new Anything("x"));

    assertEquals("renamed-thing", payload.type());
    assertEquals(1, payload.version());
    assertFalse(new String(payload.bytes(), StandardCharsets.ISO_8859_1).contains("Anything"));
  }

  @Test
  void value_atTheLimit_isTaken() {
    Text text = new Text("x".repeat(1_000));
    int bytes = Samples.codec().encode(text).bytes().length;

    Payload at = new PayloadCodec(new Types(), bytes).encode(text);
    Payload under = new PayloadCodec(new Types(), bytes + 1).encode(text);

    assertEquals(bytes, at.bytes().length);
    assertEquals(at, under);
  }

  @Test
  void value_overTheLimit_isRefusedWithBothNumbers() {
    Text text = new Text("x".repeat(1_000));
    int bytes = Samples.codec().encode(text).bytes().length;
    PayloadCodec codec = new PayloadCodec(new Types(), bytes - 1);

    RefusedException e = assertCode("OW102", RefusedException.class, () -> codec.encode(text));

    assertTrue(e.getMessage().contains(bytes + " bytes"), e.getMessage());
    assertTrue(e.getMessage().contains("payload-bytes-max is " + (bytes - 1)), e.getMessage());
  }

  @Test
  void value_thatIsNoRecord_isRefused() {
    PayloadCodec codec = Samples.codec();

    for (Object value : List.of("text", 1, List.of(), Map.of(), new Object())) {
      assertCode("OW108", RefusedException.class, () -> codec.encode(value));
    }
  }

  @Test
  void text_withHalfASurrogatePair_isRefused() {
    PayloadCodec codec = Samples.codec();

    assertCode("OW108", RefusedException.class, () -> codec.encode(new Text("\ud800")));
  }

  @Test
  void reply_ofTheExpectedType_isDecoded() {
    PayloadCodec writer = Samples.codec();
    PayloadCodec reader = Samples.codec();

    Payload payload = writer.encode(new Text("x"));

    assertEquals(new Text("x"), reader.decodeExpected(payload, Text.class));
  }

  @Test
  void reply_ofAnotherType_isRefused() {
    PayloadCodec codec = Samples.codec();
    Payload payload = codec.encode(new Text("x"));

    assertCode("OW111", RefusedException.class, () -> codec.decodeExpected(payload, Line.class));
    assertCode("OW111", RefusedException.class, () -> codec.decodeExpected(payload, String.class));
  }

  @Test
  void reply_expectedAsAnything_isDecoded() {
    PayloadCodec codec = Samples.codec();
    Payload payload = codec.encode(new Text("x"));

    assertEquals(new Text("x"), codec.decodeExpected(payload, Record.class));
    assertEquals(new Text("x"), codec.decodeExpected(payload, Object.class));
  }

  @Test
  void type_neverRegistered_isBroken() {
    Payload payload = Samples.codec().encode(new Text("x"));

    assertCode("OW202", BrokenException.class, () -> Samples.codec().decode(payload));
  }
}
