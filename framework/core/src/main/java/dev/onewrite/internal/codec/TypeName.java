package dev.onewrite.internal.codec;

import dev.onewrite.component.Named;

/** The logical name and version of a record. */
record TypeName(String name, int version) {

  static TypeName of(Class<?> type) {
    Named named = type.getAnnotation(Named.class);
    return named == null
        ? new TypeName(kebab(type.getSimpleName()), 1)
        : new TypeName(named.value(), named.version());
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
