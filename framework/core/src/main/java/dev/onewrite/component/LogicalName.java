package dev.onewrite.component;

import java.util.LinkedHashSet;
import java.util.Set;

/** The logical name and version of a record or enum: in the journal and on the wire. */
public record LogicalName(String name, int version) {

  /** What {@link Named} says, else the simple class name in kebab case, version 1. */
  public static LogicalName of(Class<?> type) {
    Named named = type.getAnnotation(Named.class);
    return named == null
        ? new LogicalName(kebab(type.getSimpleName()), 1)
        : new LogicalName(named.value(), named.version());
  }

  /** {@code type} itself, or all records of a sealed interface; none of anything else. */
  public static Set<Class<?>> recordsOf(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    if (type.isRecord() || type.isEnum()) {
      all.add(type);
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        all.addAll(recordsOf(permitted));
      }
    }
    return all;
  }

  /** {@code SubmitForm} to {@code submit-form}, {@code HTTPCall2} to {@code http-call2}. */
  static String kebab(String simpleName) {
    StringBuilder kebab = new StringBuilder(simpleName.length() + 4);
    for (int i = 0; i < simpleName.length(); i++) {
      char c = simpleName.charAt(i);
      boolean begins =
          Character.isUpperCase(c)
              && i > 0
              && (!Character.isUpperCase(simpleName.charAt(i - 1))
                  || (i + 1 < simpleName.length()
                      && Character.isLowerCase(simpleName.charAt(i + 1))));
      if (begins) {
        kebab.append('-');
      }
      kebab.append(Character.toLowerCase(c));
    }
    return kebab.toString();
  }
}
