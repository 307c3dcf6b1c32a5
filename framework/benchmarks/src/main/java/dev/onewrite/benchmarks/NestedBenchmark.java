package dev.onewrite.benchmarks;

import static dev.onewrite.benchmarks.OnewriteSubject.group;

import dev.onewrite.machine.Machine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.statemachine.config.configurers.StateConfigurer;

/** One event on {@link Nested}. */
public class NestedBenchmark extends Measured {

  /** The chart in Onewrite. */
  @State(Scope.Thread)
  public static class InOnewrite extends OnewriteSubject<Nested> {
    public InOnewrite() {
      super(
          Machine.define(
              "nested",
              Nested.class,
              Go.class,
              () -> Count.ZERO,
              m ->
                  m.initial(Nested.WORK)
                      .state(
                          Nested.WORK,
                          s ->
                              s.initial(Nested.ONE)
                                  .state(Nested.ONE, group(Nested.ONE_LEAF, Nested.TWO))
                                  .state(Nested.TWO, group(Nested.TWO_LEAF, Nested.ONE)))));
    }
  }

  /** The chart in Spring Statemachine. */
  @State(Scope.Thread)
  public static class InSpring extends SpringSubject<Nested> {
    public InSpring() {
      super(new Chart());
    }

    private static final class Chart implements Definition<Nested> {
      @Override
      public void states(StateConfigurer<Nested, Go> states) throws Exception {
        var inWork = states.initial(Nested.WORK).and().withStates().parent(Nested.WORK);
        var inOne =
            inWork.initial(Nested.ONE).state(Nested.TWO).and().withStates().parent(Nested.ONE);
        var inTwo = inOne.initial(Nested.ONE_LEAF).and().withStates().parent(Nested.TWO);
        inTwo.initial(Nested.TWO_LEAF);
      }

      @Override
      public void transitions(Transitions<Nested> transitions) throws Exception {
        transitions.go(Nested.WORK, Nested.ONE, Nested.TWO);
        transitions.go(Nested.WORK, Nested.TWO, Nested.ONE);
      }
    }
  }

  /**
   * The chart in stateless4j. It has no initial states: a transition names the leaf it leads to.
   */
  @State(Scope.Thread)
  public static class InStateless4j extends Stateless4jSubject<Nested> {
    @SuppressWarnings("this-escape")
    public InStateless4j() {
      super(Nested.ONE_LEAF);
      config.configure(Nested.ONE).substateOf(Nested.WORK);
      config.configure(Nested.TWO).substateOf(Nested.WORK);
      config.configure(Nested.ONE_LEAF).substateOf(Nested.ONE);
      config.configure(Nested.TWO_LEAF).substateOf(Nested.TWO);
      go(Nested.ONE, Nested.TWO_LEAF);
      go(Nested.TWO, Nested.ONE_LEAF);
    }
  }

  @Benchmark
  public Object onewrite(InOnewrite chart) {
    return chart.step();
  }

  @Benchmark
  public Object spring(InSpring chart) {
    return chart.step();
  }

  @Benchmark
  public Object stateless4j(InStateless4j chart) {
    return chart.step();
  }
}
