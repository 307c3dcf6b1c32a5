package dev.onewrite.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads forms, one a line. A line that is none is reported with its number and the reason, and
 * counted; the others go on.
 *
 * <pre>
 *   {"form": "form-1", "department": "parks", "applicant": "...", "subject": "...",
 *    "amount": 100, "drafts": ["...", ...], "text": "..."}
 * </pre>
 */
final class Intake {

  /** 10,000: four audit entities of one department still hold all their trails in 128 KiB each. */
  static final int FORMS_MAX = 10_000;

  /** 40: a few dozen kilobytes a trail, and far below what an entity id may have. */
  static final int ID_LENGTH_MAX = 40;

  /** 4,000 characters, two pages: a form is a message, and messages have a limit too. */
  static final int TEXT_LENGTH_MAX = 4_000;

  /** 8: more would tell nothing new. */
  static final int DRAFTS_MAX = 8;

  private static final Set<String> FIELDS =
      Set.of("form", "department", "applicant", "subject", "amount", "drafts", "text");

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final List<FormCase> cases = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Consumer<String> complaints;
  private int malformed;

  private Intake(Consumer<String> complaints) {
    this.complaints = complaints;
  }

  /** Why a line is not a form. */
  private static final class Flaw extends Exception {
    Flaw(String reason) {
      super(reason);
    }
  }

  /**
   * Reads to the end, or until there are {@code max} forms.
   *
   * @param complaints told of each malformed line
   */
  static Intake read(BufferedReader in, int max, Consumer<String> complaints) throws IOException {
    Intake intake = new Intake(complaints);
    int number = 0;
    while (intake.cases.size() < max) {
      String line = in.readLine();
      if (line == null) {
        break;
      }
      number++;
      if (!line.isBlank()) {
        intake.take(number, line);
      }
    }
    return intake;
  }

  List<FormCase> cases() {
    return List.copyOf(cases);
  }

  int malformed() {
    return malformed;
  }

  private void take(int number, String line) {
    try {
      FormCase read = parse(line);
      Integer before = lines.putIfAbsent(read.form(), number);
      if (before != null) {
        throw new Flaw(
            "form \"" + read.form() + "\" is on line " + before + " already; its id must be new");
      }
      cases.add(read);
    } catch (Flaw e) {
      malformed++;
      complaints.accept("line " + number + ": " + e.getMessage() + "; left out");
    }
  }

  private static FormCase parse(String line) throws Flaw {
    JsonNode node;
    try {
      node = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      String column = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
      throw new Flaw("not JSON" + column + ": " + firstLine(e.getOriginalMessage()));
    }
    if (!node.isObject()) {
      throw new Flaw("expected a JSON object, found " + kind(node));
    }
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new Flaw("unknown fields " + unknown + "; a form has " + new TreeSet<>(FIELDS));
    }
    return new FormCase(
        text(node, "form", ID_LENGTH_MAX),
        text(node, "department", ID_LENGTH_MAX),
        new Content(
            text(node, "applicant", TEXT_LENGTH_MAX),
            text(node, "subject", TEXT_LENGTH_MAX),
            amount(node),
            text(node, "text", TEXT_LENGTH_MAX)),
        drafts(node));
  }

  private static String text(JsonNode form, String field, int lengthMax) throws Flaw {
    return text(field, form.path(field), lengthMax);
  }

  private static String text(String what, JsonNode value, int lengthMax) throws Flaw {
    if (!value.isTextual()) {
      throw new Flaw(what + ": expected a text, found " + kind(value));
    }
    String text = value.textValue();
    if (text.isBlank() || text.length() > lengthMax || text.indexOf('\0') >= 0) {
      throw new Flaw(
          what
              + ": expected 1 to "
              + lengthMax
              + " characters, none of them NUL, found "
              + (text.isBlank() ? "none" : text.length()));
    }
    return text;
  }

  private static long amount(JsonNode form) throws Flaw {
    JsonNode value = form.path("amount");
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new Flaw("amount: expected a whole number of euros, 0 or more, found " + kind(value));
    }
    return value.longValue();
  }

  private static List<String> drafts(JsonNode form) throws Flaw {
    JsonNode value = form.path("drafts");
    if (!value.isArray() || value.size() > DRAFTS_MAX) {
      throw new Flaw("drafts: expected a list of up to " + DRAFTS_MAX + ", found " + kind(value));
    }
    List<String> drafts = new ArrayList<>();
    for (JsonNode draft : value) {
      drafts.add(text("drafts[" + drafts.size() + "]", draft, TEXT_LENGTH_MAX));
    }
    return drafts;
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case ARRAY -> "a list of " + value.size();
      case OBJECT -> "an object";
      case STRING -> "a text";
      default -> value.asText();
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
