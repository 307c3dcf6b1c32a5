package dev.onewrite.internal.codec;

import dev.onewrite.component.Named;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of every shape a component may journal, and codecs to write them with. */
final class Samples {

  static final String ENTITY = "form|form-42";
  static final int BYTES_MAX = 16 << 10;

  private Samples() {}

  enum Colour {
    RED,
    GREEN
  }

  /** Its constants are classes of their own. */
  enum Rate {
    LOW {
      @Override
      int percent() {
        return 7;
      }
    },
    HIGH {
      @Override
      int percent() {
        return 19;
      }
    };

    abstract int percent();
  }

  record Text(String value) {}

  record Nothing() {}

  record Line(String article, int pieces) {}

  record Order(String id, List<Line> lines, Map<String, Line> byName, Set<Colour> colours) {}

  record Wide(
      boolean flag,
      byte tiny,
      short small,
      int number,
      long big,
      float single,
      double real,
      char letter,
      @Nullable String text,
      @Nullable Integer boxed,
      @Nullable Colour colour,
      Rate rate) {}

  record Times(
      Instant instant,
      Duration duration,
      LocalDate date,
      ZonedDateTime zoned,
      OffsetDateTime off) {}

  record Odd(Optional<String> maybe, OptionalInt count, UUID id, BigDecimal amount) {}

  /** Has methods that look like properties and are none. */
  record Cart(List<String> items) {
    public boolean isEmpty() {
      return items.isEmpty();
    }

    public int getTotal() {
      return items.size();
    }

    public Cart getSelf() {
      return this;
    }
  }

  @Named("renamed-thing")
  record Anything(String value) {}

  static PayloadCodec codec(Class<?>... registered) {
    return new PayloadCodec(types(registered), BYTES_MAX);
  }

  static Types types(Class<?>... registered) {
    Types types = new Types();
    for (Class<?> type : registered) {
      types.register(type);
    }
    return types;
  }
}
