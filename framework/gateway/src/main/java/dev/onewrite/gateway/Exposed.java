package dev.onewrite.gateway;

import dev.onewrite.component.Answering;
import dev.onewrite.component.Component;
import dev.onewrite.component.Handling;
import dev.onewrite.component.LogicalName;
import dev.onewrite.component.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of one component is open to the outside, by logical names.
 *
 * @param messages what may be sent
 * @param questions what may be asked
 */
record Exposed(
    Component<?> component, Map<String, Class<?>> messages, Map<String, Class<?>> questions) {

  /**
   * Of {@code component} only the messages and questions {@code only}, or all if none are given.
   */
  static Exposed of(Component<?> component, Class<?>... only) {
    Map<String, Class<?>> messages =
        named(component.definition().handlings().stream().<Class<?>>map(Handling::type).toList());
    Map<String, Class<?>> questions =
        named(component.definition().answerings().stream().<Class<?>>map(Answering::type).toList());
    if (only.length > 0) {
      Map<String, Class<?>> chosen = named(Arrays.asList(only));
      for (Map.Entry<String, Class<?>> entry : chosen.entrySet()) {
        if (!messages.containsKey(entry.getKey()) && !questions.containsKey(entry.getKey())) {
          throw new RefusedException(
              "OW714",
              entry.getValue().getName()
                  + " cannot be exposed: the component "
                  + component.name()
                  + " has no handler and no answerer for it. The gateway did not start.");
        }
      }
      messages.keySet().retainAll(chosen.keySet());
      questions.keySet().retainAll(chosen.keySet());
    }
    return new Exposed(component, messages, questions);
  }

  private static Map<String, Class<?>> named(List<Class<?>> types) {
    List<Class<?>> records = new ArrayList<>();
    types.forEach(type -> records.addAll(LogicalName.recordsOf(type)));
    Map<String, Class<?>> named = new TreeMap<>();
    records.forEach(type -> named.put(LogicalName.of(type).name(), type));
    return named;
  }
}
