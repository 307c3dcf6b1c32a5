package dev.onewrite.demo;

import dev.onewrite.spi.FaultPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which kills a story has, in which order. The same for ever for one seed. */
final class Schedule {

  /** Those that every form passes. */
  private static final List<FaultPoint> POINTS =
      List.of(
          FaultPoint.BEFORE_COMMIT,
          FaultPoint.AFTER_COMMIT,
          FaultPoint.BEFORE_ACKNOWLEDGEMENT,
          FaultPoint.BEFORE_OFFSET);

  /** Each named point twice, as long as there are kills enough. */
  private static final int AT_POINTS_MIN = 2 * POINTS.size();

  /** 40: from the first commit of an incarnation, in its recovery, to the middle of its share. */
  private static final int PASSES_MAX = 40;

  /** 3: offsets are stored ten times a second at most. */
  private static final int OFFSET_PASSES_MAX = 3;

  /** 400 ms: an incarnation works off its share of the forms in less. */
  private static final int ANSWERING_MILLIS_MAX = 400;

  /** 200 ms to 2 s after its start: while the process starts, recovers, or has just begun. */
  private static final int STARTING_MILLIS_MIN = 200;

  private static final int STARTING_MILLIS_MAX = 2_000;

  /** One random kill in four meets a process that is starting. */
  private static final int STARTING_ONE_IN = 4;

  private Schedule() {}

  /** Half of the kills at the points, by turns; the others at random moments. */
  static List<Kill> of(long seed, int kills) {
    Random random = new Random(seed);
    int atPoints = Math.max(Math.min(kills, AT_POINTS_MIN), kills / 2);
    List<Kill> all = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      all.add(i < atPoints ? atPoint(random, i) : atRandom(random));
    }
    Collections.shuffle(all, random);
    return List.copyOf(all);
  }

  private static Kill atPoint(Random random, int index) {
    FaultPoint point = POINTS.get(index % POINTS.size());
    int passesMax = point == FaultPoint.BEFORE_OFFSET ? OFFSET_PASSES_MAX : PASSES_MAX;
    return new Kill.AtPoint(point, 1 + random.nextInt(passesMax));
  }

  private static Kill atRandom(Random random) {
    boolean starting = random.nextInt(STARTING_ONE_IN) == 0;
    int millis =
        starting
            ? STARTING_MILLIS_MIN + random.nextInt(STARTING_MILLIS_MAX - STARTING_MILLIS_MIN)
            : random.nextInt(ANSWERING_MILLIS_MAX);
    return new Kill.AtRandom(starting, Duration.ofMillis(millis));
  }
}
