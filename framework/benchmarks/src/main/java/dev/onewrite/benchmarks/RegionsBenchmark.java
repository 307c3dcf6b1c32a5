package dev.onewrite.benchmarks;

import static dev.onewrite.benchmarks.OnewriteSubject.group;

import dev.onewrite.machine.Machine;
import dev.onewrite.machine.StateBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.statemachine.config.configurers.StateConfigurer;

/** One event on {@link Regions}. Not in stateless4j, which has no regions. */
public class RegionsBenchmark extends Measured {

  /** The chart in Onewrite. */
  @State(Scope.Thread)
  public static class InOnewrite extends OnewriteSubject<Regions> {
    public InOnewrite() {
      super(
          Machine.define(
              "regions",
              Regions.class,
              Go.class,
              () -> Count.ZERO,
              m ->
                  m.initial(Regions.WORK)
                      .parallel(
                          Regions.WORK,
                          s ->
                              s.state(Regions.LEFT, InOnewrite::left)
                                  .state(Regions.RIGHT, InOnewrite::right))));
    }

    private static void left(StateBuilder<Regions, Count, Go> region) {
      region
          .initial(Regions.LEFT_ONE)
          .state(Regions.LEFT_ONE, group(Regions.LEFT_ONE_LEAF, Regions.LEFT_TWO))
          .state(Regions.LEFT_TWO, group(Regions.LEFT_TWO_LEAF, Regions.LEFT_ONE));
    }

    private static void right(StateBuilder<Regions, Count, Go> region) {
      region
          .initial(Regions.RIGHT_ONE)
          .state(Regions.RIGHT_ONE, group(Regions.RIGHT_ONE_LEAF, Regions.RIGHT_TWO))
          .state(Regions.RIGHT_TWO, group(Regions.RIGHT_TWO_LEAF, Regions.RIGHT_ONE));
    }
  }

  /** The chart in Spring Statemachine. */
  @State(Scope.Thread)
  public static class InSpring extends SpringSubject<Regions> {
    public InSpring() {
      super(new Chart());
    }

    private static final class Chart implements Definition<Regions> {
      @Override
      public void states(StateConfigurer<Regions, Go> states) throws Exception {
        StateConfigurer<Regions, Go> next = states.initial(Regions.WORK);
        next = region(next, Regions.LEFT, Regions.LEFT_ONE, Regions.LEFT_TWO);
        next = leaf(next, Regions.LEFT_ONE, Regions.LEFT_ONE_LEAF);
        next = leaf(next, Regions.LEFT_TWO, Regions.LEFT_TWO_LEAF);
        next = region(next, Regions.RIGHT, Regions.RIGHT_ONE, Regions.RIGHT_TWO);
        next = leaf(next, Regions.RIGHT_ONE, Regions.RIGHT_ONE_LEAF);
        leaf(next, Regions.RIGHT_TWO, Regions.RIGHT_TWO_LEAF);
      }

      private static StateConfigurer<Regions, Go> region(
          StateConfigurer<Regions, Go> before, Regions region, Regions one, Regions two)
          throws Exception {
        StateConfigurer<Regions, Go> states = before.and().withStates().parent(Regions.WORK);
        return states.region(region.name()).initial(one).state(two);
      }

      private static StateConfigurer<Regions, Go> leaf(
          StateConfigurer<Regions, Go> before, Regions parent, Regions leaf) throws Exception {
        return before.and().withStates().parent(parent).initial(leaf);
      }

      @Override
      public void transitions(Transitions<Regions> transitions) throws Exception {
        transitions.go(Regions.WORK, Regions.LEFT_ONE, Regions.LEFT_TWO);
        transitions.go(Regions.WORK, Regions.LEFT_TWO, Regions.LEFT_ONE);
        transitions.go(Regions.WORK, Regions.RIGHT_ONE, Regions.RIGHT_TWO);
        transitions.go(Regions.WORK, Regions.RIGHT_TWO, Regions.RIGHT_ONE);
      }
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
}
