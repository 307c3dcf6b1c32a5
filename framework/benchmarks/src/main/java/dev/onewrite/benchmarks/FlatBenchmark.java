package dev.onewrite.benchmarks;

import static dev.onewrite.benchmarks.OnewriteSubject.goes;

import dev.onewrite.machine.Machine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.statemachine.config.configurers.StateConfigurer;

/** One event on {@link Flat}. */
public class FlatBenchmark extends Measured {

  /** The chart in Onewrite. */
  @State(Scope.Thread)
  public static class InOnewrite extends OnewriteSubject<Flat> {
    public InOnewrite() {
      super(
          Machine.define(
              "flat",
              Flat.class,
              Go.class,
              () -> Count.ZERO,
              m ->
                  m.initial(Flat.ONE)
                      .state(Flat.ONE, goes(Flat.TWO))
                      .state(Flat.TWO, goes(Flat.ONE))));
    }
  }

  /** The chart in Spring Statemachine. */
  @State(Scope.Thread)
  public static class InSpring extends SpringSubject<Flat> {
    public InSpring() {
      super(new Chart());
    }

    private static final class Chart implements Definition<Flat> {
      @Override
      public void states(StateConfigurer<Flat, Go> states) throws Exception {
        states.initial(Flat.ONE).state(Flat.TWO);
      }

      @Override
      public void transitions(Transitions<Flat> transitions) throws Exception {
        transitions.go(null, Flat.ONE, Flat.TWO);
        transitions.go(null, Flat.TWO, Flat.ONE);
      }
    }
  }

  /** The chart in stateless4j. */
  @State(Scope.Thread)
  public static class InStateless4j extends Stateless4jSubject<Flat> {
    @SuppressWarnings("this-escape")
    public InStateless4j() {
      super(Flat.ONE);
      go(Flat.ONE, Flat.TWO);
      go(Flat.TWO, Flat.ONE);
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
