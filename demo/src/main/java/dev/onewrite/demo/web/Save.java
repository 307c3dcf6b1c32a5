package dev.onewrite.demo.web;

/** What the page sends; replied with {@link Noted}. */
record Save(String subject, String text) {

  /** 200 and 10,000 characters: a letter. */
  private static final int SUBJECT_MAX = 200;

  private static final int TEXT_MAX = 10_000;

  Save {
    if (subject.isBlank() || subject.length() > SUBJECT_MAX || text.length() > TEXT_MAX) {
      throw new IllegalArgumentException(
          "a form has a subject of 1 to 200 characters and a text of 10,000 at most");
    }
  }

  /** It is kept as this revision; the registry has it in a moment. */
  record Noted(int revision) {}
}
