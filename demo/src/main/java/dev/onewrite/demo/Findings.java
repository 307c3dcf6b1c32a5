package dev.onewrite.demo;

import dev.onewrite.demo.FormMessage.FormStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What was answered, against what the forms and the audit entities say. Pure.
 *
 * @param forms how many there were
 * @param answered forms all of whose steps were answered, each with the revision it must become
 * @param saved forms in their final state, with the last text, the last revision, the receipt that
 *     the registry gave for it
 * @param turns steps that were answered, each a turn of a form
 * @param audited forms whose every revision was heard of once, in order
 * @param events how many revisions the audit entities have heard of
 * @param lost answered steps that no audit entity heard of, and answered forms that are not saved
 * @param doubled revisions heard of again, revisions that no step asked for, second saves of a form
 * @param outOfOrder revisions heard of for the first time after a later one of their form
 * @param details the first few of what is wrong, in words
 */
record Findings(
    int forms,
    int answered,
    int saved,
    int turns,
    int audited,
    int events,
    int lost,
    int doubled,
    int outOfOrder,
    List<String> details) {

  /** 10: enough to begin looking for the cause. */
  private static final int DETAILS_MAX = 10;

  /** Whether everything that was answered took effect once, in order. */
  boolean clean() {
    return lost == 0 && doubled == 0 && outOfOrder == 0 && answered == forms;
  }

  /**
   * Compares.
   *
   * @param answers the revision that each request was answered with, by request id
   * @param receipts what the registry gave for a form
   */
  static Findings of(
      List<FormCase> cases,
      Map<String, Integer> answers,
      Inquiry.Testimony testimony,
      Function<String, Set<String>> receipts) {
    Comparison comparison = new Comparison(answers, testimony, receipts);
    cases.forEach(comparison::compare);
    comparison.strangers(cases);
    return comparison.findings(cases.size());
  }

  /** The comparison under way. */
  private static final class Comparison {

    private final Map<String, Integer> answers;
    private final Map<String, FormStatus> statuses;
    private final Map<String, List<Integer>> heard = new HashMap<>();
    private final Function<String, Set<String>> receipts;
    private final List<String> details = new ArrayList<>();
    private int answered;
    private int saved;
    private int audited;
    private int lost;
    private int doubled;
    private int outOfOrder;

    Comparison(
        Map<String, Integer> answers,
        Inquiry.Testimony testimony,
        Function<String, Set<String>> receipts) {
      this.answers = answers;
      this.statuses = testimony.forms();
      this.receipts = receipts;
      testimony
          .trails()
          .values()
          .forEach(
              trail ->
                  trail
                      .revisions()
                      .forEach(
                          (form, revisions) ->
                              heard
                                  .computeIfAbsent(form, f -> new ArrayList<>())
                                  .addAll(revisions)));
    }

    void compare(FormCase form) {
      int wrongBefore = lost + doubled + outOfOrder;
      List<Integer> revisions = heard.getOrDefault(form.form(), List.of());
      checkHeard(form, revisions);
      checkOrder(form, revisions);
      boolean asHeard = lost + doubled + outOfOrder == wrongBefore;
      boolean allAnswered = isAnswered(form);
      answered += allAnswered ? 1 : 0;
      audited += allAnswered && asHeard ? 1 : 0;
      checkSaved(form, allAnswered);
    }

    private boolean isAnswered(FormCase form) {
      boolean all = true;
      for (int step = 1; step <= form.steps(); step++) {
        String id = form.command(step).id();
        Integer revision = answers.get(id);
        if (revision == null) {
          all = false;
        } else if (revision != step) {
          all = false;
          doubled++;
          say("%s was answered as revision %d".formatted(id, revision));
        }
      }
      return all;
    }

    private void checkHeard(FormCase form, List<Integer> revisions) {
      for (int step = 1; step <= form.steps(); step++) {
        if (answers.containsKey(form.command(step).id()) && !revisions.contains(step)) {
          lost++;
          say("%s: revision %d is answered and not audited".formatted(form.form(), step));
        }
      }
      Set<Integer> seen = new HashSet<>();
      for (int revision : revisions) {
        if (!seen.add(revision) || revision < 1 || revision > form.steps()) {
          doubled++;
          say(
              "%s: of revisions 1 to %d the audit heard %s"
                  .formatted(form.form(), form.steps(), revisions));
        }
      }
    }

    private void checkOrder(FormCase form, List<Integer> revisions) {
      Set<Integer> seen = new HashSet<>();
      int last = 0;
      for (int revision : revisions) {
        if (seen.add(revision) && revision < last) {
          outOfOrder++;
          say("%s: the audit heard %s".formatted(form.form(), revisions));
        }
        last = Math.max(last, revision);
      }
    }

    private void checkSaved(FormCase form, boolean allAnswered) {
      Set<String> given = receipts.apply(form.form());
      if (given.size() > 1) {
        doubled += given.size() - 1;
        say("%s: the registry saved it as %s".formatted(form.form(), given));
      }
      FormStatus status = statuses.get(form.form());
      boolean isSaved =
          status != null
              && status.phase() == Phase.SAVED
              && status.revision() == form.steps()
              && status.text().equals(form.content().text())
              && given.contains(status.receipt());
      if (isSaved) {
        saved++;
      } else if (allAnswered) {
        lost++;
        say("%s is answered, and its state is %s".formatted(form.form(), status));
      }
    }

    /** Forms that the audit has heard of and that nobody sent. */
    void strangers(List<FormCase> cases) {
      Set<String> known = new HashSet<>();
      cases.forEach(form -> known.add(form.form()));
      heard.forEach(
          (form, revisions) -> {
            if (!known.contains(form)) {
              doubled += revisions.size();
              say("%s: nobody sent it and the audit heard %s".formatted(form, revisions));
            }
          });
    }

    private void say(String detail) {
      if (details.size() < DETAILS_MAX && !details.contains(detail)) {
        details.add(detail);
      }
    }

    Findings findings(int forms) {
      int events = heard.values().stream().mapToInt(List::size).sum();
      return new Findings(
          forms,
          answered,
          saved,
          answers.size(),
          audited,
          events,
          lost,
          doubled,
          outOfOrder,
          List.copyOf(details));
    }
  }
}
