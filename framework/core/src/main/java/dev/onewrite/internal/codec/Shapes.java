package dev.onewrite.internal.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.Serializable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Whether what a record is written as can be read back as that record, by its declaration alone.
 *
 * <p>Bytes say nothing of classes, so each component has to: an interface, {@link Object} or an
 * open type parameter does not. A value of such a type would be journaled and never be read again.
 * Of the platform's types only those are taken that are known to come back equal, and as keys of a
 * map only those whose text does: a record as a key would be written as its {@code toString()}.
 */
final class Shapes {

  private static final Set<Class<?>> SAY_NOTHING =
      Set.of(
          Object.class,
          Number.class,
          Comparable.class,
          Serializable.class,
          Record.class,
          Enum.class);

  /** What comes back equal from its text as well, so that it can be a key. */
  private static final Set<Class<?>> KEYS =
      Set.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          String.class,
          UUID.class,
          Instant.class,
          Duration.class,
          Period.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Year.class,
          YearMonth.class,
          MonthDay.class,
          ZoneId.class,
          ZoneOffset.class);

  private static final Set<Class<?>> PLATFORM =
      Set.of(
          BigDecimal.class,
          BigInteger.class,
          URI.class,
          Locale.class,
          Currency.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Optional.class,
          Collection.class,
          List.class,
          Set.class,
          Map.class);

  private Shapes() {}

  /** What is wrong with {@code record}; empty if its values can be read back. */
  static Optional<String> flaw(Class<?> record) {
    return flaw(TypeFactory.defaultInstance().constructType(record), "it", new HashSet<>());
  }

  private static Optional<String> flaw(JavaType type, String place, Set<JavaType> seen) {
    Class<?> raw = type.getRawClass();
    if (raw.isPrimitive() || raw.isEnum() || !seen.add(type)) {
      return Optional.empty();
    }
    if (raw.isRecord()) {
      return components(type, seen);
    }
    if (type.isMapLikeType() && !isKey(type.getKeyType().getRawClass())) {
      String key = type.getKeyType().getRawClass().getSimpleName();
      return Optional.of(place + " has keys of type " + key + ", and keys are written as texts");
    }
    for (JavaType part : parts(type)) {
      Optional<String> flaw = flaw(part, place, seen);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    if (SAY_NOTHING.contains(raw)) {
      return Optional.of(place + " is declared as " + raw.getSimpleName());
    }
    if (raw.isArray() || isKnown(raw) || hasJacksonAnnotation(raw)) {
      return Optional.empty();
    }
    boolean open = raw.isInterface() || Modifier.isAbstract(raw.getModifiers());
    String kind = open ? ", which is no record but an interface" : ", which is no record";
    return Optional.of(place + " is declared as " + raw.getName() + kind);
  }

  private static Optional<String> components(JavaType record, Set<JavaType> seen) {
    for (RecordComponent component : record.getRawClass().getRecordComponents()) {
      if (hasJackson(component.getAccessor())) {
        continue;
      }
      JavaType type =
          TypeFactory.defaultInstance()
              .resolveMemberType(component.getGenericType(), record.getBindings());
      String place =
          "component " + component.getName() + " of " + record.getRawClass().getSimpleName();
      Optional<String> flaw = flaw(type, place, seen);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return Optional.empty();
  }

  /** Elements, values, and whatever else it holds; {@link Object} of what does not say. */
  private static List<JavaType> parts(JavaType type) {
    if (type.isContainerType()) {
      return List.of(type.getContentType());
    }
    List<JavaType> said = type.getBindings().getTypeParameters();
    return said.isEmpty() && type.getRawClass() == Optional.class
        ? List.of(TypeFactory.unknownType())
        : said;
  }

  private static boolean isKey(Class<?> type) {
    return type.isEnum() || KEYS.contains(type);
  }

  private static boolean isKnown(Class<?> type) {
    return KEYS.contains(type)
        || PLATFORM.contains(type)
        || type.getName().startsWith("com.fasterxml.jackson");
  }

  /** Whoever annotated it for Jackson has said how it is written and read. */
  private static boolean hasJacksonAnnotation(Class<?> type) {
    return Stream.of(
            Stream.of(type),
            Arrays.stream(type.getDeclaredConstructors()),
            Arrays.stream(type.getDeclaredMethods()),
            Arrays.stream(type.getDeclaredFields()))
        .flatMap(elements -> elements)
        .anyMatch(Shapes::hasJackson);
  }

  private static boolean hasJackson(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(a -> a.annotationType().getName().startsWith("com.fasterxml.jackson."));
  }
}
