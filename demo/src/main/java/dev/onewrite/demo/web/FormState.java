package dev.onewrite.demo.web;

import java.util.List;
import java.util.stream.Stream;

/**
 * The context of the page's form.
 *
 * @param form its id, for those who hear of it
 * @param shown the text that was sent last
 * @param waiting what the registry does not have yet, in the order it came
 * @param saved the number of the last revision that it has; 0 of none
 * @param receipt what it gave for that
 * @param trouble why it gave up, if it did
 */
record FormState(
    String form,
    Revision shown,
    List<Revision> waiting,
    int saved,
    String receipt,
    String trouble) {

  FormState {
    waiting = List.copyOf(waiting);
  }

  static FormState empty() {
    return new FormState("", new Revision(0, "", ""), List.of(), 0, "", "");
  }

  FormState and(FormEvent.SaveAsked asked) {
    Revision next = new Revision(shown.number() + 1, asked.subject(), asked.text());
    return new FormState(
        asked.form(),
        next,
        Stream.concat(waiting.stream(), Stream.of(next)).toList(),
        saved,
        receipt,
        "");
  }

  /** What the registry is to save now. */
  Revision next() {
    return waiting.get(0);
  }

  FormState saved(Receipt given) {
    return new FormState(
        form, shown, waiting.subList(1, waiting.size()), next().number(), given.number(), "");
  }

  FormState inTrouble(String reason) {
    return new FormState(form, shown, waiting, saved, receipt, reason);
  }
}
