package dev.onewrite.demo;

import dev.onewrite.spi.FaultPoint;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** When one incarnation of the application is killed. */
sealed interface Kill {

  <R> R match(Function<? super AtRandom, R> random, Function<? super AtPoint, R> point);

  /** What the table counts it as. */
  String name();

  /**
   * At some moment.
   *
   * @param starting whether counted from the start of the process, so that it may die while it
   *     recovers; otherwise from its first answer
   */
  record AtRandom(boolean starting, Duration after) implements Kill {
    @Override
    public <R> R match(Function<? super AtRandom, R> random, Function<? super AtPoint, R> point) {
      return random.apply(this);
    }

    @Override
    public String name() {
      return "at random moments";
    }
  }

  /** At the {@code passes}-th pass of a point. */
  record AtPoint(FaultPoint point, int passes) implements Kill {
    @Override
    public <R> R match(Function<? super AtRandom, R> random, Function<? super AtPoint, R> point) {
      return point.apply(this);
    }

    @Override
    public String name() {
      return point.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
