package dev.onewrite.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** One run of a scenario, in which the process dies at given places. */
final class Run implements Passing {

  private final Set<Integer> deaths;
  private final Story story;
  private final List<String> died = new ArrayList<>();
  private final List<Place> diedAt = new ArrayList<>();
  private final Map<String, Object> outcome = new LinkedHashMap<>();
  private @Nullable Throwable failure;
  private int passed;

  private Run(Set<Integer> deaths, boolean told) {
    this.deaths = new TreeSet<>(deaths);
    this.story = new Story(told);
  }

  /**
   * Plays the scenario.
   *
   * @param deaths which of the places it passes, counted from 1, it dies at
   * @param told whether its story is told
   */
  static Run of(CrashDrill.Scenario scenario, Set<Integer> deaths, boolean told) {
    Run run = new Run(deaths, told);
    Drill drill = new Drill(run, run.story);
    try {
      scenario.play(drill);
      run.outcome.putAll(drill.outcome());
    } catch (Exception | AssertionError e) { // the scenario's own, which is an outcome too
      run.failure = e;
      run.outcome.put("the scenario", "failed: " + e);
    }
    return run;
  }

  @Override
  public void pass(Place place, String what) {
    passed++;
    if (deaths.contains(passed)) {
      String where = place + " of: " + what;
      died.add(where);
      diedAt.add(place);
      story.addDeath("*** the process dies here, " + where);
      throw new Died(where);
    }
  }

  @Override
  public boolean isRepetition() {
    return !deaths.isEmpty();
  }

  void checkPlayed() {
    if (failure != null) {
      throw new AssertionFailedError("The scenario fails undisturbed: " + failure, failure);
    }
  }

  int passed() {
    return passed;
  }

  Set<Integer> deaths() {
    return deaths;
  }

  List<String> died() {
    return died;
  }

  Map<String, Object> outcome() {
    return outcome;
  }

  String story() {
    return story.toString();
  }

  /** What this looks like, where what is outside the process has changed. */
  String hint(Run undisturbed) {
    boolean outside =
        outcome.entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getKey().startsWith(Drill.OBSERVED)
                        && !entry.getValue().equals(undisturbed.outcome().get(entry.getKey())));
    boolean again = diedAt.contains(Place.BEFORE_COMMIT) || diedAt.contains(Place.AFTER_CALL);
    return outside && again
        ? "A handler whose commit did not happen, and a call whose result was not journaled, run"
            + " again. Give the outside\nservice turn.idempotencyKey() or call.idempotencyKey(),"
            + " and let it answer a key it knows with what it answered before.\n"
        : "";
  }
}
