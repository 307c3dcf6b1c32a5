package dev.onewrite.internal.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.Serializable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether what a record is written as can be read back as that record, by its declaration alone.
 *
 * <p>Bytes say nothing of classes, so each component has to: an interface, {@link Object} or an
 * open type parameter does not. A value of such a type would be journaled and never be read again.
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
    for (JavaType part : parts(type)) {
      Optional<String> flaw = flaw(part, place, seen);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    if (SAY_NOTHING.contains(raw)) {
      return Optional.of(place + " is declared as " + raw.getSimpleName());
    }
    if (raw.isArray() || isPlatform(raw) || hasJacksonAnnotation(raw)) {
      return Optional.empty();
    }
    boolean open = raw.isInterface() || Modifier.isAbstract(raw.getModifiers());
    String kind = open ? ", which is no record but an interface" : ", which is no record";
    return Optional.of(place + " is declared as " + raw.getName() + kind);
  }

  private static Optional<String> components(JavaType record, Set<JavaType> seen) {
    for (RecordComponent component : record.getRawClass().getRecordComponents()) {
      JavaType type =
          TypeFactory.defaultInstance()
              .resolveMemberType(component.getGenericType(), record.getBindings());
      String place =
          "component " + component.getName() + " of " + record.getRawClass().getSimpleName();
      Optional<String> flaw = flaw(type, place, seen);
      if (flaw.isPresent() && !hasJackson(component.getAccessor())) {
        return flaw;
      }
    }
    return Optional.empty();
  }

  /** Keys, elements, and whatever else its type arguments say it holds. */
  private static List<JavaType> parts(JavaType type) {
    return type.isArrayType()
        ? List.of(type.getContentType())
        : type.getBindings().getTypeParameters();
  }

  private static boolean isPlatform(Class<?> type) {
    return type.getName().startsWith("java.") || type.getName().startsWith("com.fasterxml.jackson");
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
