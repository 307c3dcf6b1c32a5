package dev.onewrite.gateway;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Answering;
import dev.onewrite.component.Component;
import dev.onewrite.component.Handling;
import dev.onewrite.component.LogicalName;
import dev.onewrite.component.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One component as callers have it: what it takes, by logical name.
 *
 * @param messages what may be sent to it
 * @param questions what may be asked
 */
record Exposed<M>(
    Component<M> component, Map<String, Class<?>> messages, Map<String, Class<?>> questions) {

  /** All that its handlers take and its answerers answer. */
  static <M> Exposed<M> all(Component<M> component) {
    Component.Definition<?, ?, ?> definition = component.definition();
    return new Exposed<>(
        component,
        named(definition.handlings().stream().map(Handling::type)),
        named(definition.answerings().stream().map(Answering::type)));
  }

  /**
   * These types of it alone.
   *
   * @throws RefusedException OW701 if the component takes one of them not
   */
  Exposed<M> only(Set<Class<?>> types) {
    Map<String, Class<?>> wanted = named(types.stream());
    Map<String, Class<?>> fewerMessages = new LinkedHashMap<>(messages);
    Map<String, Class<?>> fewerQuestions = new LinkedHashMap<>(questions);
    fewerMessages.keySet().retainAll(wanted.keySet());
    fewerQuestions.keySet().retainAll(wanted.keySet());
    wanted.keySet().removeAll(fewerMessages.keySet());
    wanted.keySet().removeAll(fewerQuestions.keySet());
    if (!wanted.isEmpty()) {
      throw new RefusedException(
          "OW701",
          component
              + " neither handles nor answers "
              + wanted.keySet()
              + ", so the gateway cannot expose it. The gateway did not start.");
    }
    return new Exposed<>(component, fewerMessages, fewerQuestions);
  }

  Ref<M> ref(Onewrite onewrite, String entityId) {
    return onewrite.ref(component, entityId);
  }

  Optional<Class<?>> message(String name) {
    return Optional.ofNullable(messages.get(name));
  }

  Optional<Class<?>> question(String name) {
    return Optional.ofNullable(questions.get(name));
  }

  private static Map<String, Class<?>> named(Stream<? extends Class<?>> types) {
    Map<String, Class<?>> named = new LinkedHashMap<>();
    types
        .flatMap(type -> LogicalName.recordsOf(type).stream())
        .forEach(type -> named.put(LogicalName.of(type).name(), type));
    return named;
  }
}
