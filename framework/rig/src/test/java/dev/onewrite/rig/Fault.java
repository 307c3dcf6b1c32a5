package dev.onewrite.rig;

import dev.onewrite.spi.FaultPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Something that befalls a run. */
sealed interface Fault {

  /** SIGKILL to a node that has just passed a point for the so manieth time. */
  record KillAt(FaultPoint point, int passes) implements Fault {}

  /** SIGKILL to a node at some moment, perhaps before it is ready. */
  record KillIn(long millis, boolean starting) implements Fault {}

  /** What passes a point fails there: writes, answers, offsets, snapshots. */
  record Fail(FaultPoint point, int passes) implements Fault {}

  /** SIGSTOP, and SIGCONT after a while. */
  record Stall(long millis) implements Fault {}

  /**
   * A node is stopped, another one takes its place, and then it goes on and knows nothing of it.
   */
  record Zombie(long millis) implements Fault {}

  /** SIGKILL to the database, which is started again. */
  record KillDatabase(long millis) implements Fault {}

  /** The database's next answers to COMMIT are lost, with their connections. */
  record LoseAnswers(int count) implements Fault {}

  /** A kill there meets a write in flight; one there leaves a commit that nobody was told of. */
  List<FaultPoint> KILLS_FIRST = List.of(FaultPoint.BEFORE_COMMIT, FaultPoint.AFTER_COMMIT);

  /** An answer that is lost there is asked for again, and dropped as known. */
  List<FaultPoint> FAILS_FIRST = List.of(FaultPoint.BEFORE_ACKNOWLEDGEMENT);

  /** What kinds there are where. */
  enum Kind {
    KILL_AT,
    KILL_IN,
    FAIL,
    STALL,
    ZOMBIE,
    KILL_DATABASE,
    LOSE_ANSWERS
  }

  /** So many faults of these kinds by turns, in an order of chance. */
  static List<Fault> schedule(long seed, int count, List<Kind> kinds) {
    Random random = new Random(seed ^ 0x5eed);
    List<Fault> faults = new ArrayList<>();
    Iterator<FaultPoint> kills = points(random, KILLS_FIRST);
    Iterator<FaultPoint> fails = points(random, FAILS_FIRST);
    for (int i = 0; i < count; i++) {
      faults.add(of(kinds.get(i % kinds.size()), random, kills, fails));
    }
    Collections.shuffle(faults, random);
    return List.copyOf(faults);
  }

  /** These first, so that the shortest run bites; then all others by turns, for ever. */
  private static Iterator<FaultPoint> points(Random random, List<FaultPoint> first) {
    List<FaultPoint> all = new ArrayList<>(List.of(FaultPoint.values()));
    all.removeAll(first);
    Collections.shuffle(all, random);
    all.addAll(0, first);
    return Stream.generate(() -> all).flatMap(List::stream).iterator();
  }

  private static Fault of(
      Kind kind, Random random, Iterator<FaultPoint> kills, Iterator<FaultPoint> fails) {
    return switch (kind) {
      case KILL_AT -> {
        FaultPoint point = kills.next();
        yield new KillAt(point, 1 + random.nextInt(often(point) ? 10 : 2));
      }
      case KILL_IN -> new KillIn(random.nextInt(1_500), random.nextInt(4) == 0);
      case FAIL -> {
        FaultPoint point = fails.next();
        yield new Fail(point, 1 + random.nextInt(often(point) ? 10 : 2));
      }
      case STALL -> new Stall(200 + random.nextInt(2_000));
      case ZOMBIE -> new Zombie(500 + random.nextInt(1_000));
      case KILL_DATABASE -> new KillDatabase(random.nextInt(1_000));
      case LOSE_ANSWERS -> new LoseAnswers(1 + random.nextInt(3));
    };
  }

  private static boolean often(FaultPoint point) {
    return switch (point) {
      case BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ACKNOWLEDGEMENT -> true;
      case BEFORE_OFFSET,
          DUPLICATE,
          BEFORE_FIRING,
          BEFORE_ACTIVITY,
          AFTER_ACTIVITY,
          BEFORE_SNAPSHOT,
          BEFORE_SET_ASIDE,
          AFTER_SET_ASIDE,
          BEFORE_RETRY,
          AFTER_RETRY ->
          false;
    };
  }
}
