package dev.onewrite.component;

import dev.onewrite.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A kind of persistent actor: a name, a machine, handlers. Immutable; one definition serves any
 * number of nodes.
 *
 * <p>What the handlers say to other components and when it takes effect is told at {@link Turn}.
 *
 * @param <M> the messages it takes, usually a sealed interface of records
 */
public final class Component<M> {

  private final Class<M> messages;
  private final Definition<?, ?, ?> definition;

  Component(Class<M> messages, Definition<?, ?, ?> definition) {
    this.messages = messages;
    this.definition = definition;
  }

  /**
   * Begins a component.
   *
   * @param name its name, in addresses and in the journal for ever
   * @throws RefusedException OW101 if the name cannot be part of an address
   */
  public static <M> Begun<M> define(String name, Class<M> messages) {
    Address.checkName("component name", name);
    return new Begun<>(name, messages);
  }

  public String name() {
    return definition.name();
  }

  public Class<M> messages() {
    return messages;
  }

  /** All of it, for the runtime and for tools. */
  public Definition<?, ?, ?> definition() {
    return definition;
  }

  @Override
  public String toString() {
    return "Component(" + name() + ")";
  }

  /** A component that has a name and lacks its state. */
  public static final class Begun<M> {

    private final String name;
    private final Class<M> messages;

    private Begun(String name, Class<M> messages) {
      this.name = name;
      this.messages = messages;
    }

    /** Its state is this machine's. */
    public <S, C, E> ComponentBuilder<M, S, C, E> machine(Machine<S, C, E> machine) {
      return new ComponentBuilder<>(name, messages, machine, false);
    }

    /** Its state is one value that {@link Turn#assign} replaces. */
    public <C> ComponentBuilder<M, String, C, Object> context(Supplier<C> initial) {
      Machine<String, C, Object> single =
          Machine.define(
              name,
              String.class,
              Object.class,
              initial,
              m -> m.initial("active").state("active", s -> s.forbid(Object.class)));
      return new ComponentBuilder<>(name, messages, single, true);
    }
  }

  /**
   * What a component was defined to be.
   *
   * @param single whether it has no machine of its own, only a context
   * @param strict whether an event the machine does not take fails the turn
   * @param turnTimeout absent: {@code onewrite.turn-timeout}
   * @param results handlers of what activities return
   * @param types further records it journals
   */
  public record Definition<S, C, E>(
      String name,
      Machine<S, C, E> machine,
      boolean single,
      boolean strict,
      Optional<Duration> turnTimeout,
      List<Handling<S, C, E, ?>> handlings,
      List<Subscription<S, C, E, ?>> subscriptions,
      List<Answering<S, C, ?>> answerings,
      List<Handling<S, C, E, ?>> results,
      List<NamedActivity<?, ?>> activities,
      OverdueTimers overdueTimers,
      Set<Class<?>> types,
      List<Upcaster> upcasters) {}
}
