package dev.onewrite.machine;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An activity as declared. Its two keys are what transitions on its result and on its failure,
 * which a time-out is too, listen to.
 */
final class ActivitySpec<C> {
  final String name;
  final Function<? super C, ?> input;
  final Object doneKey = new Object();
  final Object errorKey = new Object();
  @Nullable Duration timeout;

  ActivitySpec(String name, Function<? super C, ?> input) {
    this.name = name;
    this.input = input;
  }

  String timeoutSlot() {
    return timeoutSlot(name);
  }

  static String timeoutSlot(String name) {
    return name + "/timeout";
  }
}
