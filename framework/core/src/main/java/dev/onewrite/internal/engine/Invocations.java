package dev.onewrite.internal.engine;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Component;
import dev.onewrite.component.NamedActivity;
import dev.onewrite.component.RefusedException;

/** What must be so for an activity to be started: else its call, or its result, goes nowhere. */
final class Invocations {

  private Invocations() {}

  static void checkKnown(Component.Definition<?, ?, ?> definition, String activity, Object input) {
    boolean known =
        definition.activities().stream()
            .anyMatch(a -> a.name().equals(activity) && a.input().isInstance(input));
    if (!known) {
      throw new RefusedException(
          "OW118",
          "Component \""
              + definition.name()
              + "\" has no activity \""
              + activity
              + "\" that takes a "
              + input.getClass().getSimpleName()
              + ". The turn is not journaled. Give the component activity(\""
              + activity
              + "\", ...).");
    }
  }

  /** For an activity that a handler starts: its result comes to a handler too. */
  static void checkResultsHandled(Component.Definition<?, ?, ?> definition, String activity) {
    for (NamedActivity<?, ?> named : definition.activities()) {
      boolean handled =
          handles(definition, named.result()) && handles(definition, ActivityFailed.class);
      if (named.name().equals(activity) && !handled) {
        throw new RefusedException(
            "OW118",
            "A handler of component \""
                + definition.name()
                + "\" invokes \""
                + activity
                + "\", and there is no handler for its result, or none for ActivityFailed. The turn"
                + " is not journaled. Give the component onResult("
                + named.result().getSimpleName()
                + ".class, ...) and onResult(ActivityFailed.class, ...).");
      }
    }
  }

  private static boolean handles(Component.Definition<?, ?, ?> definition, Class<?> result) {
    return definition.results().stream()
        .anyMatch(handling -> handling.type().isAssignableFrom(result));
  }
}
