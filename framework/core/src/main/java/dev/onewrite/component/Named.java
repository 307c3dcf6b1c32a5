package dev.onewrite.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The logical name and version under which a record is journaled. Without it: the simple class name
 * in kebab case, version 1. Once a journal holds the name it must not change; the class may.
 *
 * <p>Raise {@link #version} when the components of the record change, and give the component an
 * upcaster from the version before ({@link ComponentBuilder#upcast}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {

  /** For example {@code "submit-form"}. */
  String value();

  /** 1 or more. */
  int version() default 1;
}
