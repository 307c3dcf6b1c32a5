package dev.onewrite.component;

import dev.onewrite.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A component being defined. {@link #build} reports all mistakes at once. */
public final class ComponentBuilder<M, S, C, E> {

  private final String name;
  private final Class<M> messages;
  private final Machine<S, C, E> machine;
  private final boolean single;
  private final List<Handling<S, C, E, ?>> handlings = new ArrayList<>();
  private final List<Subscription<S, C, E, ?>> subscriptions = new ArrayList<>();
  private final List<Answering<S, C, ?>> answerings = new ArrayList<>();
  private final List<Handling<S, C, E, ?>> results = new ArrayList<>();
  private final List<NamedActivity<?, ?>> activities = new ArrayList<>();
  private OverdueTimers overdueTimers = OverdueTimers.FIRE;
  private final Set<Class<?>> types = new LinkedHashSet<>();
  private final List<Upcaster> upcasters = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();
  private @Nullable Duration turnTimeout;
  private boolean strict;

  ComponentBuilder(String name, Class<M> messages, Machine<S, C, E> machine, boolean single) {
    this.name = name;
    this.messages = messages;
    this.machine = machine;
    this.single = single;
  }

  /** Handles messages of {@code type} in the actor. The handler must not block. */
  public <T extends M> ComponentBuilder<M, S, C, E> on(Class<T> type, Handler<S, C, E, T> handler) {
    return handling(new Handling<>(type, Handling.Mode.INLINE, completed(handler)));
  }

  /** Handles messages of {@code type} on a thread of their own. The handler may block. */
  public <T extends M> ComponentBuilder<M, S, C, E> onBlocking(
      Class<T> type, Handler<S, C, E, T> handler) {
    return handling(new Handling<>(type, Handling.Mode.BLOCKING, completed(handler)));
  }

  /** Handles messages of {@code type}; the turn ends when the returned stage does. */
  public <T extends M> ComponentBuilder<M, S, C, E> onAsync(
      Class<T> type, AsyncHandler<S, C, E, T> handler) {
    return handling(new Handling<>(type, Handling.Mode.ASYNC, handler));
  }

  /**
   * Handles events of {@code type}, whoever emitted them, at one entity of this component.
   *
   * @param receiver the entity's id; pure, and the same for ever for one event
   */
  public <T> ComponentBuilder<M, S, C, E> subscribe(
      Class<T> type, Function<T, String> receiver, Handler<S, C, E, T> handler) {
    return subscribeAll(type, event -> List.of(receiver.apply(event)), handler);
  }

  /** Handles events of {@code type} at each of several entities of this component. */
  public <T> ComponentBuilder<M, S, C, E> subscribeAll(
      Class<T> type, Function<T, Collection<String>> receivers, Handler<S, C, E, T> handler) {
    if (subscriptions.stream().anyMatch(other -> other.type().equals(type))) {
      mistakes.add("it subscribes to " + type.getName() + " twice; one of the two would never run");
    }
    Handling<S, C, E, T> handling = new Handling<>(type, Handling.Mode.INLINE, completed(handler));
    subscriptions.add(new Subscription<>(type, receivers, handling));
    return this;
  }

  /** Answers questions of {@code type} from committed state; journals nothing. */
  public <Q extends M> ComponentBuilder<M, S, C, E> answer(
      Class<Q> type, Answerer<S, C, Q> answerer) {
    checkOnce(type);
    answerings.add(new Answering<>(type, answerer));
    return this;
  }

  /** Makes an activity known, with {@link Activity.Policy#DEFAULT}. */
  public <I, R> ComponentBuilder<M, S, C, E> activity(
      String name, Class<I> input, Class<R> result, Activity<I, R> body) {
    return activity(name, input, result, body, Activity.Policy.DEFAULT);
  }

  /**
   * Makes an activity known: to the machine's {@code invoke(name, ...)} and to {@link Turn#invoke}.
   */
  public <I, R> ComponentBuilder<M, S, C, E> activity(
      String name, Class<I> input, Class<R> result, Activity<I, R> body, Activity.Policy policy) {
    if (activities.stream().anyMatch(other -> other.name().equals(name))) {
      mistakes.add("it has the activity \"" + name + "\" twice");
    }
    activities.add(new NamedActivity<>(name, input, result, body, policy));
    return this;
  }

  /** Handles results of {@code type} of activities that handlers started. */
  public <T> ComponentBuilder<M, S, C, E> onResult(Class<T> type, Handler<S, C, E, T> handler) {
    if (results.stream().anyMatch(other -> other.type().equals(type))) {
      mistakes.add("it handles the result " + type.getName() + " twice");
    }
    results.add(new Handling<>(type, Handling.Mode.INLINE, completed(handler)));
    return this;
  }

  /** What happens to its timers that came due while no node ran; {@link OverdueTimers#FIRE}. */
  public ComponentBuilder<M, S, C, E> overdueTimers(OverdueTimers policy) {
    overdueTimers = policy;
    return this;
  }

  /** Makes an event that the machine does not take fail its turn, with OW109. */
  public ComponentBuilder<M, S, C, E> strict() {
    strict = true;
    return this;
  }

  /** How long a turn of this component may be open, instead of {@code onewrite.turn-timeout}. */
  public ComponentBuilder<M, S, C, E> turnTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      mistakes.add("its turn time-out is " + timeout + "; it must be longer than nothing");
    }
    turnTimeout = timeout;
    return this;
  }

  /**
   * Registers records that are journaled and that no handler names: contexts of another class than
   * the initial one, say. Messages, subscribed events and the initial context need no mention.
   */
  public ComponentBuilder<M, S, C, E> types(Class<?>... more) {
    types.addAll(List.of(more));
    return this;
  }

  /** Leads stored values from version {@code from} of {@code type} to the next. */
  public ComponentBuilder<M, S, C, E> upcast(
      Class<?> type, int from, UnaryOperator<Map<String, Object>> upcaster) {
    upcasters.add(new Upcaster(type, from, upcaster));
    return this;
  }

  /**
   * The component.
   *
   * @throws RefusedException OW113 with all mistakes of the definition
   */
  public Component<M> build() {
    if (handlings.isEmpty() && subscriptions.isEmpty() && answerings.isEmpty()) {
      mistakes.add("it handles nothing; give it on(...), subscribe(...) or answer(...)");
    }
    checkTypes();
    if (!mistakes.isEmpty()) {
      throw new RefusedException(
          "OW113",
          "Component \"" + name + "\" is not defined: " + String.join("; ", mistakes) + ".");
    }
    return new Component<>(
        messages,
        new Component.Definition<>(
            name,
            machine,
            single,
            strict,
            Optional.ofNullable(turnTimeout),
            List.copyOf(handlings),
            List.copyOf(subscriptions),
            List.copyOf(answerings),
            List.copyOf(results),
            List.copyOf(activities),
            overdueTimers,
            Set.copyOf(types),
            List.copyOf(upcasters)));
  }

  private ComponentBuilder<M, S, C, E> handling(Handling<S, C, E, ?> handling) {
    checkOnce(handling.type());
    handlings.add(handling);
    return this;
  }

  private void checkOnce(Class<?> type) {
    boolean handled =
        handlings.stream().anyMatch(h -> h.type().equals(type))
            || answerings.stream().anyMatch(a -> a.type().equals(type));
    if (handled) {
      mistakes.add("it handles " + type.getName() + " twice; one of the two would never run");
    }
  }

  private void checkTypes() {
    List<Class<?>> handled = new ArrayList<>(handlings.stream().map(Handling::type).toList());
    List<Class<?>> subscribed =
        new ArrayList<>(subscriptions.stream().map(Subscription::type).toList());
    List<Class<?>> answered = new ArrayList<>(answerings.stream().map(Answering::type).toList());
    checkShadows("handles", handled);
    checkShadows("subscribes to", subscribed);
    checkShadows("answers", answered);
    for (Class<?> question : answered) {
      for (Class<?> type : handled) {
        if (question != type && question.isAssignableFrom(type)) {
          mistakes.add(
              "it answers "
                  + question.getName()
                  + ", so its handler of "
                  + type.getName()
                  + " would never run");
        }
      }
    }
    List<Class<?>> returned = new ArrayList<>(results.stream().map(Handling::type).toList());
    checkShadows("handles the result", returned);
    for (NamedActivity<?, ?> activity : activities) {
      returned.add(activity.input());
      returned.add(activity.result());
    }
    Stream.of(handled, subscribed, answered, returned, types)
        .flatMap(Collection::stream)
        .distinct()
        .forEach(this::checkStorable);
  }

  private void checkShadows(String verb, List<Class<?>> inOrder) {
    for (int i = 0; i < inOrder.size(); i++) {
      for (int j = 0; j < i; j++) {
        Class<?> first = inOrder.get(j);
        Class<?> later = inOrder.get(i);
        if (first != later && first.isAssignableFrom(later)) {
          mistakes.add(
              "it "
                  + verb
                  + " "
                  + first.getName()
                  + " before "
                  + later.getName()
                  + ", which would never run; name the narrower one first");
        }
      }
    }
  }

  /** Only what is known by name is ever read back, so the names must be known beforehand. */
  private void checkStorable(Class<?> type) {
    if (type.isRecord() || type.isEnum()) {
      return;
    }
    if (!type.isSealed()) {
      mistakes.add(
          type.getName()
              + " is no record, no enum and no sealed interface of them, so nothing of it could be"
              + " read from a journal; make it a record");
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      checkStorable(permitted);
    }
  }

  private static <S, C, E, T> AsyncHandler<S, C, E, T> completed(Handler<S, C, E, T> handler) {
    return (turn, message) -> {
      handler.handle(turn, message);
      return CompletableFuture.completedFuture(null);
    };
  }
}
