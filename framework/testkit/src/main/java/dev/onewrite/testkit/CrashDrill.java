package dev.onewrite.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.opentest4j.AssertionFailedError;

/**
 * Runs a scenario once for each place at which the process could die, lets it die there and start
 * again, and compares what came out with the run that nobody disturbed.
 *
 * <pre>{@code
 * CrashDrill.of(drill -> {
 *   Bank bank = new Bank();
 *   drill.start(() -> List.of(order(bank), LEDGER));
 *   drill.request(new Address("order", "1"), new Buy(300));
 *   drill.settle();
 *   drill.observe("charges", bank.charges());
 * }).run();
 * }</pre>
 *
 * <p>What is outside the process and outlives it (a bank, a mail server) is made by the scenario
 * and handed to the components. What is compared: the reply to each request, the states and
 * contexts of all entities, and whatever the scenario observes.
 *
 * <p><b>Limit.</b> A scenario has to do the same each time it runs: no clock, no randomness, no
 * threads. {@value #RUNS_MAX} runs.
 */
public final class CrashDrill {

  /** 100,000. A drill of more is a scenario too long to read the story of. */
  public static final int RUNS_MAX = 100_000;

  /** 10. Of a bug that shows everywhere, the first few places say it all. */
  private static final int NAMED_MAX = 10;

  private final Scenario scenario;
  private boolean twice;

  /** What clients and the outside do; see {@link CrashDrill}. */
  @FunctionalInterface
  public interface Scenario {
    void play(Drill drill) throws Exception;
  }

  /**
   * What a drill that found nothing did.
   *
   * @param places at which the process could die, in the undisturbed run
   * @param runs in which it did
   */
  public record Report(int places, int runs, Duration took) {}

  private CrashDrill(Scenario scenario) {
    this.scenario = scenario;
  }

  public static CrashDrill of(Scenario scenario) {
    return new CrashDrill(scenario);
  }

  /** Lets the process die a second time too, at each later place of each run. */
  public CrashDrill twice() {
    twice = true;
    return this;
  }

  /**
   * Runs it.
   *
   * @throws AssertionFailedError with the story of the first run that ended otherwise
   */
  public Report run() {
    long began = System.nanoTime();
    Run undisturbed = Run.of(scenario, Set.of(), false);
    undisturbed.checkPlayed();
    checkRepeatable(undisturbed);
    List<Run> others = new ArrayList<>();
    int runs = 0;
    for (int death = 1; death <= undisturbed.passed(); death++) {
      Run run = Run.of(scenario, Set.of(death), false);
      runs++;
      note(run, undisturbed, others);
      for (int second = death + 1; twice && second <= run.passed(); second++) {
        checkRuns(++runs);
        note(Run.of(scenario, Set.of(death, second), false), undisturbed, others);
      }
    }
    if (!others.isEmpty()) {
      throw failure(undisturbed, others, runs);
    }
    return new Report(undisturbed.passed(), runs, Duration.ofNanos(System.nanoTime() - began));
  }

  private static void note(Run run, Run undisturbed, List<Run> others) {
    if (!run.outcome().equals(undisturbed.outcome())) {
      others.add(run);
    }
  }

  private void checkRepeatable(Run undisturbed) {
    Run again = Run.of(scenario, Set.of(), false);
    if (!again.outcome().equals(undisturbed.outcome())) {
      throw Misuse.of(
          "the scenario does not do the same twice, even undisturbed:\n  "
              + String.join("\n  ", Differences.of(undisturbed.outcome(), again.outcome())));
    }
  }

  private static void checkRuns(int runs) {
    if (runs > RUNS_MAX) {
      throw Misuse.of("the drill takes more than " + RUNS_MAX + " runs; make the scenario shorter");
    }
  }

  private AssertionFailedError failure(Run undisturbed, List<Run> others, int runs) {
    Run first = others.get(0);
    Run told = Run.of(scenario, first.deaths(), true);
    StringBuilder text = new StringBuilder();
    text.append(others.size()).append(" of ").append(runs);
    text.append(" runs did not end as the undisturbed one. The first:\n");
    text.append("The process died ").append(String.join("; then ", first.died())).append(".\n");
    text.append("What came out\n  ");
    text.append(String.join("\n  ", Differences.of(undisturbed.outcome(), first.outcome())));
    text.append('\n').append(first.hint(undisturbed)).append(told.story());
    for (int i = 1; i < Math.min(others.size(), NAMED_MAX); i++) {
      text.append("\nAlso where it died ").append(String.join("; then ", others.get(i).died()));
    }
    if (others.size() > NAMED_MAX) {
      text.append("\nand in ").append(others.size() - NAMED_MAX).append(" more runs");
    }
    return new AssertionFailedError(
        text.toString(), undisturbed.outcome().toString(), first.outcome().toString());
  }
}
