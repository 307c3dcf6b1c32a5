package dev.onewrite.internal.codec;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Component;
import dev.onewrite.component.LogicalName;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.Upcaster;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Which record stands under which logical name. Only what is here is ever deserialised.
 *
 * <p>A record that is only ever emitted is known from its first encoding on: writing it needs no
 * permission, reading it back does, and whoever reads it names it. What is known by that alone is
 * forgotten with the process, so that an entity may not keep it: {@link #checkReadable}.
 */
public final class Types {

  private final Map<Class<?>, LogicalName> names = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();
  private final Set<Class<?>> readable = ConcurrentHashMap.newKeySet();
  private final Map<LogicalName, UnaryOperator<Map<String, Object>>> upcasters =
      new ConcurrentHashMap<>();

  public Types() {
    register(ActivityFailed.class);
  }

  /** Registers all that {@code component} takes, subscribes to, answers and keeps. */
  public void register(Component<?> component) {
    Component.Definition<?, ?, ?> definition = component.definition();
    definition.handlings().forEach(handling -> register(handling.type()));
    definition.subscriptions().forEach(subscription -> register(subscription.type()));
    definition.answerings().forEach(answering -> register(answering.type()));
    definition.results().forEach(result -> register(result.type()));
    definition
        .activities()
        .forEach(
            activity -> {
              register(activity.input());
              register(activity.result());
            });
    definition.types().forEach(this::register);
    register(definition.machine().events());
    Class<?> context = recordOf(definition.machine().start().snapshot().context());
    nameOf(context); // one that is no record is refused
    register(context);
    definition.machine().migrated().stream()
        .filter(type -> type.isRecord() || type.isEnum()) // no context is anything else
        .forEach(this::register);
    for (Upcaster upcaster : definition.upcasters()) {
      LogicalName from = new LogicalName(LogicalName.of(upcaster.type()).name(), upcaster.from());
      upcasters.put(from, upcaster.body());
    }
  }

  /** Registers a record, or all records of a sealed interface. */
  public void register(Class<?> type) {
    LogicalName.recordsOf(type).forEach(this::nameOf);
    readable.addAll(LogicalName.recordsOf(type));
  }

  /**
   * Checks that values of {@code type} can be read after a restart too.
   *
   * @throws RefusedException OW108 if it was not registered
   */
  void checkReadable(Class<?> type) {
    nameOf(type);
    if (!readable.contains(type)) {
      throw new RefusedException(
          "OW108",
          type.getName()
              + " was not registered; add types("
              + type.getSimpleName()
              + ".class) to the component. The entity keeps the value, and after a restart it could"
              + " not be read. Nothing was journaled.");
    }
  }

  /** The names of a record, or of all records of a sealed interface; none of anything else. */
  Set<String> namesOf(Class<?> type) {
    Set<String> all = new LinkedHashSet<>();
    LogicalName.recordsOf(type).forEach(record -> all.add(nameOf(record).name()));
    return all;
  }

  /** The class a value is registered under: that of an enum constant with a body is its enum. */
  static Class<?> recordOf(Object value) {
    return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
  }

  /**
   * The name of {@code type}, which is known from here on.
   *
   * @throws RefusedException OW108 if its values could not be read back, OW207 if another has its
   *     name
   */
  LogicalName nameOf(Class<?> type) {
    LogicalName known = names.get(type);
    if (known != null) {
      return known;
    }
    if (!type.isRecord() && !type.isEnum()) {
      throw new RefusedException(
          "OW108",
          type.getName()
              + " is no record. Messages, events, replies and contexts are records (or enums).");
    }
    Shapes.flaw(type).ifPresent(flaw -> refuse(type, flaw));
    LogicalName name = LogicalName.of(type);
    Class<?> holder = classes.putIfAbsent(name.name(), type);
    if (holder != null && holder != type) {
      throw new RefusedException(
          "OW207",
          type.getName()
              + " and "
              + holder.getName()
              + " share the logical name \""
              + name.name()
              + "\". A journal could not tell them apart. Give one of them another name with"
              + " @Named.");
    }
    names.put(type, name);
    return name;
  }

  private static void refuse(Class<?> type, String flaw) {
    throw new RefusedException(
        "OW108",
        type.getName()
            + " could be written and never be read back: "
            + flaw
            + ", and bytes do not say which class it was. Nothing was sent. Declare what it is: a"
            + " record, an enum, or a collection of them.");
  }

  /** The class under a stored name. */
  Class<?> classOf(String name) {
    Class<?> type = classes.get(name);
    if (type == null) {
      throw new BrokenException(
          "OW202",
          "No record is registered under the name \""
              + name
              + "\". The value was not read and nothing was guessed. Register the record with the"
              + " component that reads it (a handler, a subscription, or types(...)), or give the"
              + " record that replaced it this name with @Named.");
    }
    return type;
  }

  Optional<UnaryOperator<Map<String, Object>>> upcaster(String name, int from) {
    return Optional.ofNullable(upcasters.get(new LogicalName(name, from)));
  }
}
