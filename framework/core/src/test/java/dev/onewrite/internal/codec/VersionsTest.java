package dev.onewrite.internal.codec;

import static dev.onewrite.internal.codec.Coded.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.component.ComponentBuilder;
import dev.onewrite.component.Named;
import dev.onewrite.journal.Payload;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Old values under new records. */
final class VersionsTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");

  @Named(value = "price", version = 1)
  record PriceOne(int cents, Instant at) {}

  @Named(value = "price", version = 2)
  record PriceTwo(long cents, String currency, Instant at) {}

  @Named(value = "price", version = 3)
  record PriceThree(long amount, String currency, Instant at) {}

  record Ledger(int entries) {}

  private static final UnaryOperator<Map<String, Object>> ONE_TO_TWO =
      components -> {
        Map<String, Object> next = new HashMap<>(components);
        next.put("currency", "EUR");
        return next;
      };

  private static final UnaryOperator<Map<String, Object>> TWO_TO_THREE =
      components -> {
        Map<String, Object> next = new HashMap<>(components);
        next.put("amount", next.remove("cents"));
        return next;
      };

  private static ComponentBuilder<PriceThree, String, Ledger, Object> three() {
    return Component.define("shop", PriceThree.class)
        .context(() -> new Ledger(0))
        .on(PriceThree.class, (turn, price) -> {});
  }

  private static PayloadCodec codec(Component<?> component) {
    Types types = new Types();
    types.register(component);
    return new PayloadCodec(types, Samples.BYTES_MAX);
  }

  @Test
  void version_twoBehind_isLedUpStepByStep() {
    Payload old = Samples.codec().encode(new PriceOne(250, AT));
    PayloadCodec codec =
        codec(
            three()
                .upcast(PriceThree.class, 1, ONE_TO_TWO)
                .upcast(PriceThree.class, 2, TWO_TO_THREE)
                .build());

    Object value = codec.decode(old);

    assertEquals(new PriceThree(250, "EUR", AT), value);
  }

  @Test
  void version_oneBehind_skipsEarlierSteps() {
    Payload old = Samples.codec().encode(new PriceTwo(250, "SEK", AT));
    PayloadCodec codec =
        codec(
            three()
                .upcast(PriceThree.class, 1, ONE_TO_TWO)
                .upcast(PriceThree.class, 2, TWO_TO_THREE)
                .build());

    assertEquals(new PriceThree(250, "SEK", AT), codec.decode(old));
  }

  @Test
  void version_newerThanKnown_isBroken() {
    Payload newer = Samples.codec().encode(new PriceThree(1, "EUR", AT));

    assertCode("OW203", BrokenException.class, () -> Samples.codec(PriceTwo.class).decode(newer));
  }

  @Test
  void version_withoutUpcaster_isBrokenWhereTheStepIsMissing() {
    Payload one = Samples.codec().encode(new PriceOne(250, AT));
    Payload two = Samples.codec().encode(new PriceTwo(250, "EUR", AT));
    PayloadCodec lacksFirst = codec(three().upcast(PriceThree.class, 2, TWO_TO_THREE).build());
    PayloadCodec lacksSecond = codec(three().upcast(PriceThree.class, 1, ONE_TO_TWO).build());

    assertCode("OW203", BrokenException.class, () -> lacksFirst.decode(one));
    assertCode("OW203", BrokenException.class, () -> lacksSecond.decode(one));
    assertCode("OW203", BrokenException.class, () -> lacksSecond.decode(two));
  }

  @Test
  void upcaster_thatThrowsOrGivesNothing_isBrokenWithItsCode() {
    Payload old = Samples.codec().encode(new PriceTwo(250, "EUR", AT));
    PayloadCodec throwing =
        codec(
            three()
                .upcast(
                    PriceThree.class,
                    2,
                    components -> {
                      throw new IllegalStateException("no such currency");
                    })
                .build());
    PayloadCodec givingNull = codec(three().upcast(PriceThree.class, 2, c -> nothing()).build());

    assertCode("OW204", BrokenException.class, () -> throwing.decode(old));
    assertCode("OW204", BrokenException.class, () -> givingNull.decode(old));
  }

  @Test
  void upcaster_whoseValueDoesNotFit_isBroken() {
    Payload old = Samples.codec().encode(new PriceTwo(250, "EUR", AT));
    PayloadCodec codec = codec(three().upcast(PriceThree.class, 2, c -> c).build());

    assertCode("OW204", BrokenException.class, () -> codec.decode(old));
  }

  @SuppressWarnings("NullAway")
  private static Map<String, Object> nothing() {
    return null;
  }
}
