package dev.onewrite.internal.codec;

import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a record is a property: its components. Left alone, Jackson writes each {@code getX()}
 * and {@code isX()} of a record as well, and then finds a property that the record does not have.
 */
final class ComponentsOnly extends DefaultAccessorNamingStrategy.Provider {

  @Override
  public AccessorNamingStrategy forRecord(MapperConfig<?> config, AnnotatedClass record) {
    Set<String> components =
        Arrays.stream(record.getRawType().getRecordComponents())
            .map(component -> component.getName())
            .collect(Collectors.toSet());
    return new DefaultAccessorNamingStrategy.RecordNaming(config, record) {
      @Override
      public @Nullable String findNameForRegularGetter(AnnotatedMethod method, String name) {
        return components.contains(name) ? name : null;
      }

      @Override
      public @Nullable String findNameForIsGetter(AnnotatedMethod method, String name) {
        return components.contains(name) ? name : null;
      }
    };
  }
}
