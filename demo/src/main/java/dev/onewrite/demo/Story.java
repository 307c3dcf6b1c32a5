package dev.onewrite.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Feeds the forms to one incarnation of the application after the other, and kills them. */
final class Story {

  /*
   * An incarnation is fed its share of the steps as quickly as they are answered, then a trickle, so
   * that there is always traffic where it is to die and always work left for those after it. The
   * last incarnation is fed all that is left and is not killed.
   *
   * Everything here happens on one thread. What an incarnation said before it died is read to the
   * end before the next one starts.
   */

  /** 40 ms: a commit or two, whenever a named point waits to be passed once more. */
  private static final long TRICKLE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  /** 50 ms before a failed step is sent again. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** 30 s without any answer: the application hangs, or a point is never passed. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Six tenths of what is left are shared out; the rest is for the trickles. */
  private static final double SHARED_OUT = 0.6;

  private final Work work;
  private final List<Kill> schedule;
  private final Place place;
  private final Progress progress;
  private final Map<String, Integer> kills = new TreeMap<>();
  private final List<Kill> missed = new ArrayList<>();
  private int resentAfterKill;
  private int resentAfterFailure;
  private long killedNanos;
  private long slowestRecoveryNanos;
  private int answeredSoFar;

  /**
   * What happened.
   *
   * @param kills how many of each kind
   * @param missed kills at points that nothing passed any more
   * @param slowestRecoveryNanos the longest time from a kill to the first answer after it; where
   *     the next incarnation was killed before it gave one, from that later kill
   */
  record Outcome(
      Map<String, Integer> kills,
      List<Kill> missed,
      int resentAfterKill,
      int resentAfterFailure,
      long slowestRecoveryNanos) {

    int killed() {
      return kills.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  Story(Work work, List<Kill> schedule, Place place, Progress progress) {
    this.work = work;
    this.schedule = schedule;
    this.place = place;
    this.progress = progress;
  }

  /** Runs all incarnations but leaves the last one alive, with all its work done. */
  App play() throws IOException, InterruptedException {
    for (int i = 0; i < schedule.size(); i++) {
      int share = (int) (SHARED_OUT * work.unsent() / (schedule.size() - i + 1));
      try (App app = App.start(place, schedule.get(i))) {
        new Incarnation(app, schedule.get(i), share).live();
      }
    }
    App last = App.start(place, null);
    boolean lived = false;
    try {
      new Incarnation(last, null, Integer.MAX_VALUE).live();
      lived = true;
      return last;
    } finally {
      if (!lived) {
        last.close();
      }
    }
  }

  Outcome outcome() {
    return new Outcome(
        Map.copyOf(kills),
        List.copyOf(missed),
        resentAfterKill,
        resentAfterFailure,
        slowestRecoveryNanos);
  }

  /** From the start of a process to its death, or to the end of the work. */
  private final class Incarnation implements Report.Reader {

    private final App app;
    private final @Nullable Kill kill;
    private final Deque<Again> again = new ArrayDeque<>();
    private String lastFailure = "none";
    private int share;
    private boolean ready;
    private boolean heard;
    private boolean dying;
    private boolean gone;
    private long killAt = Long.MAX_VALUE;
    private long trickleAt;
    private long stuckAt;

    /** A step to send again. */
    private record Again(long at, String id) {}

    Incarnation(App app, @Nullable Kill kill, int share) {
      this.app = app;
      this.kill = kill;
      this.share = share;
      long now = System.nanoTime();
      this.stuckAt = now + STUCK_NANOS;
      arm(now, true);
    }

    /** Sets the time of a random kill, once the moment it counts from is there. */
    private void arm(long now, boolean starting) {
      if (kill != null) {
        kill.match(
            random -> {
              if (random.starting() == starting) {
                killAt = now + random.after().toNanos();
              }
              return killAt;
            },
            point -> killAt);
      }
    }

    void live() throws InterruptedException {
      while (!over()) {
        long now = System.nanoTime();
        if (dying || now >= killAt) {
          die();
          return;
        }
        if (now >= stuckAt) {
          throw app.failed(
              "has answered nothing for %d s; the last failure it reported: %s"
                  .formatted(TimeUnit.NANOSECONDS.toSeconds(STUCK_NANOS), lastFailure));
        }
        if (ready) {
          feed(now);
        }
        progress.show(
            "answered %d of %d steps, killed %d of %d times%s"
                .formatted(
                    answeredSoFar,
                    work.steps(),
                    outcome().killed(),
                    schedule.size(),
                    ready ? "" : ", starting"));
        app.next(5).ifPresent(this::take);
        if (gone && !dying) {
          throw app.failed("ended by itself");
        }
      }
      if (kill != null) {
        missed.add(kill);
      }
    }

    /** Nothing is left to do, and nothing is left to pass the point it should die at. */
    private boolean over() {
      boolean waits = killAt != Long.MAX_VALUE || dying;
      return ready && work.done() && !waits;
    }

    private void take(Signal signal) {
      if (signal instanceof Signal.Said said) {
        said.report().to(this);
      } else {
        gone = true;
      }
    }

    private void die() throws InterruptedException {
      killedNanos = System.nanoTime();
      app.kill();
      dying = true;
      while (!gone) { // what it said before it died still counts, but is no recovery
        app.next(TimeUnit.NANOSECONDS.toMillis(STUCK_NANOS)).ifPresent(this::take);
      }
      if (kill != null) {
        kills.merge(kill.name(), 1, Integer::sum);
      }
    }

    private void feed(long now) {
      while (!again.isEmpty() && again.getFirst().at() <= now) {
        work.open(again.remove().id())
            .ifPresent(
                command -> {
                  resentAfterFailure++;
                  app.send(command);
                });
      }
      while (share > 0 || now >= trickleAt) {
        Optional<Command> next = work.next();
        if (next.isEmpty()) {
          return;
        }
        app.send(next.get());
        share--;
        trickleAt = now + TRICKLE_NANOS;
      }
    }

    @Override
    public void ready(Report.Ready report) {
      ready = true;
      List<Command> open = work.open();
      resentAfterKill += open.size();
      open.forEach(app::send);
    }

    @Override
    public void reached(Report.Reached report) {
      dying = true;
    }

    @Override
    public void answered(Report.Answered report) {
      long now = System.nanoTime();
      stuckAt = now + STUCK_NANOS;
      if (!heard && killedNanos != 0 && !dying) {
        slowestRecoveryNanos = Math.max(slowestRecoveryNanos, now - killedNanos);
      }
      if (!heard) {
        heard = true;
        arm(now, false);
      }
      answeredSoFar++;
      work.answered(report.id(), report.revision());
    }

    @Override
    public void failed(Report.Failed report) {
      lastFailure = report.reason();
      if (report.again()) {
        again.add(new Again(System.nanoTime() + AGAIN_NANOS, report.id()));
      } else {
        work.refused(report.id(), report.reason());
      }
    }
  }
}
