package dev.onewrite.demo;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done, what is under way, what is answered. Each form has one step under way at
 * most: an applicant who waits for the page to come back.
 */
final class Work {

  private final int inFlightMax;
  private final int steps;
  private final Deque<Step> ready = new ArrayDeque<>();
  private final Map<String, Step> open = new LinkedHashMap<>();
  private final Map<String, Integer> answers = new HashMap<>();
  private final Map<String, String> refusals = new LinkedHashMap<>();

  /** One step of one form. */
  private record Step(FormCase form, int number) {
    Command command() {
      return form.command(number);
    }
  }

  Work(List<FormCase> cases, int inFlightMax) {
    this.inFlightMax = inFlightMax;
    this.steps = cases.stream().mapToInt(FormCase::steps).sum();
    cases.forEach(form -> ready.add(new Step(form, 1)));
  }

  /** The next command to send, if one more may be under way. It is under way from now on. */
  Optional<Command> next() {
    if (open.size() >= inFlightMax || ready.isEmpty()) {
      return Optional.empty();
    }
    Step step = ready.remove();
    Command command = step.command();
    open.put(command.id(), step);
    return Optional.of(command);
  }

  /** What is under way, in the order sent: after a crash all of it is sent again. */
  List<Command> open() {
    return open.values().stream().map(Step::command).toList();
  }

  /** What is sent again after a failure, if it still waits for an answer. */
  Optional<Command> open(String id) {
    return Optional.ofNullable(open.get(id)).map(Step::command);
  }

  /** Takes an answer; its form's next step is ready. An answer to nothing open changes nothing. */
  void answered(String id, int revision) {
    Step step = open.remove(id);
    if (step == null) {
      return;
    }
    answers.put(id, revision);
    if (step.number() < step.form().steps()) {
      ready.addFirst(new Step(step.form(), step.number() + 1));
    }
  }

  /** Takes a refusal for good; the form goes no further. */
  void refused(String id, String reason) {
    if (open.remove(id) != null) {
      refusals.put(id, reason);
    }
  }

  boolean done() {
    return open.isEmpty() && ready.isEmpty();
  }

  int steps() {
    return steps;
  }

  /** How many steps were not sent yet, of all forms that still go on. */
  int unsent() {
    return steps - answers.size() - open.size();
  }

  /** The revision that each request was answered with. */
  Map<String, Integer> answers() {
    return Map.copyOf(answers);
  }

  Collection<String> refusals() {
    return refusals.values();
  }
}
