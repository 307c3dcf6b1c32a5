package dev.onewrite.benchmarks;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.StateMachineBuilder;
import org.springframework.statemachine.config.configurers.StateConfigurer;
import reactor.core.publisher.Mono;

/**
 * A chart in Spring Statemachine, which moves in place. The context lies in its extended state; the
 * message is made once, for a new one would cost a random id.
 */
@State(Scope.Thread)
abstract class SpringSubject<S extends Enum<S>> implements Subject<S> {
  private static final String COUNT = "count";

  /**
   * 50,000. An event runs through so much of Spring's code that it takes tens of thousands of them
   * until that is compiled, on a busy machine minutes; measured earlier, Spring would look many
   * times slower than it is. So it gets a number of events, not only the seconds all others get.
   */
  private static final int WARMUP_EVENTS = 50_000;

  private final StateMachine<S, Go> machine;
  private final Mono<Message<Go>> message = Mono.just(new GenericMessage<>(Go.GO));

  /** The two halves of a chart. */
  interface Definition<S> {
    void states(StateConfigurer<S, Go> states) throws Exception;

    void transitions(Transitions<S> transitions) throws Exception;
  }

  /** Adds transitions on the event, each of which counts. */
  interface Transitions<S> {
    /**
     * Spring takes the first transition that a machine has for an event, and one without {@code
     * parent} belongs to the outermost machine. Only if each belongs to its region do both regions
     * take the event.
     */
    void go(@Nullable S parent, S from, S to) throws Exception;
  }

  SpringSubject(Definition<S> definition) {
    this.machine = machine(definition);
    machine.getExtendedState().getVariables().put(COUNT, Count.ZERO);
    machine.startReactively().block();
  }

  private static <S> StateMachine<S, Go> machine(Definition<S> definition) {
    try {
      StateMachineBuilder.Builder<S, Go> builder = StateMachineBuilder.builder();
      definition.states(builder.configureStates().withStates());
      definition.transitions(
          (parent, from, to) ->
              builder
                  .configureTransitions()
                  .withExternal()
                  .state(parent)
                  .source(from)
                  .target(to)
                  .event(Go.GO)
                  .action(SpringSubject::count));
      return builder.build();
    } catch (Exception e) {
      throw new IllegalStateException("Spring refuses the chart", e);
    }
  }

  private static <S> void count(StateContext<S, Go> context) {
    Map<Object, Object> variables = context.getExtendedState().getVariables();
    variables.put(COUNT, count(variables).next());
  }

  private static Count count(Map<Object, Object> variables) {
    return (Count) variables.getOrDefault(COUNT, Count.ZERO);
  }

  /** Called once in each process, before the warm-up that all benchmarks have. */
  @Setup
  public final void warmUp() {
    for (int i = 0; i < WARMUP_EVENTS; i++) {
      step();
    }
  }

  @Override
  public final Object step() {
    machine.sendEvent(message).blockLast();
    return machine;
  }

  @Override
  public final boolean in(S state) {
    return machine.getState().getIds().contains(state);
  }

  @Override
  public final Count count() {
    return count(machine.getExtendedState().getVariables());
  }
}
