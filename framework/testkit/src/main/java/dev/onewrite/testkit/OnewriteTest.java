package dev.onewrite.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a node of its own, on an empty store: the whole of it, with its actor
 * system and forwarder.
 *
 * <p>The node has the components that the fields of the test class hold, static or not, private or
 * not. A test takes as parameters: {@link dev.onewrite.Onewrite}, {@link TestNode}, and a {@link
 * dev.onewrite.Ref} with {@link Entity}. The node is closed after the test, and its files deleted.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NodeExtension.class)
public @interface OnewriteTest {

  /** Where the journal is. */
  TestStore store() default TestStore.MEMORY;

  /** Further configuration, {@code "onewrite.turn-timeout = 1s"} for example. */
  String[] settings() default {};
}
