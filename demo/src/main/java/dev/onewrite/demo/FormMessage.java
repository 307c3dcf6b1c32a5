package dev.onewrite.demo;

/** What a form takes. */
sealed interface FormMessage {

  /** A further draft of the text; replied with {@link Noted}. */
  record EditForm(String department, String text) implements FormMessage {}

  /** The form as it is to be saved; replied with {@link Accepted}. */
  record SubmitForm(String department, Content content) implements FormMessage {}

  /** Asks for {@link FormStatus}. */
  record ReadForm() implements FormMessage {}

  /** A draft is kept as revision {@code revision}. */
  record Noted(int revision) {}

  /** The form is saved under {@code receipt}, as revision {@code revision}. */
  record Accepted(int revision, String receipt) {}

  /** What a form has come to, and on which node it lives. */
  record FormStatus(Phase phase, int revision, String text, String receipt, String node) {}
}
