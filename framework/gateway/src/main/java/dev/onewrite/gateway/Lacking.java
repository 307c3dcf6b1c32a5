package dev.onewrite.gateway;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a message may lack: what its record declares as {@link Optional} or as {@code @Nullable}.
 * Whatever else is left out, or null, is refused before a handler could stumble over it.
 */
final class Lacking extends JacksonAnnotationIntrospector {

  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    return component(member).map(component -> !mayLack(component)).orElse(null);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    Optional<RecordComponent> component = component(annotated);
    return component.isPresent() && !mayLack(component.get())
        ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
        : super.findSetterInfo(annotated);
  }

  private static Optional<RecordComponent> component(Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && parameter.getDeclaringClass().isRecord()) {
      RecordComponent[] all = parameter.getDeclaringClass().getRecordComponents();
      if (parameter.getIndex() < all.length) {
        return Optional.of(all[parameter.getIndex()]);
      }
    }
    return Optional.empty();
  }

  private static boolean mayLack(RecordComponent component) {
    return OPTIONAL.contains(component.getType())
        || Stream.of(component.getAnnotatedType().getAnnotations(), component.getAnnotations())
            .flatMap(Arrays::stream)
            .map(Annotation::annotationType)
            .anyMatch(type -> type.getSimpleName().equals("Nullable"));
  }
}
