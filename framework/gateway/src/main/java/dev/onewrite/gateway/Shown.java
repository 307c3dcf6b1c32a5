package dev.onewrite.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What callers are shown of their own input: short, and without the names of our classes. */
final class Shown {

  /** 60. Enough to find the place in one's own input. */
  private static final int TEXT_MAX = 60;

  private static final Pattern LACKING = Pattern.compile("Missing required \\w+ property '(\\w+)'");

  private Shown() {}

  static String of(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
  }

  /** Of JSON that cannot be read. */
  static String of(JacksonException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    return line.length() <= 2 * TEXT_MAX ? line : line.substring(0, 2 * TEXT_MAX) + "...";
  }

  /** Of JSON that is no value of the type. */
  static String unfit(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "it has no component \"" + of(unknown.getPropertyName()) + "\"";
    }
    if (e instanceof ValueInstantiationException refused) {
      Throwable cause = refused.getCause();
      String reason = cause instanceof IllegalArgumentException ? ", " + cause.getMessage() : "";
      return "its record refuses these values" + at(refused) + reason;
    }
    if (e instanceof InvalidNullException missing) {
      return "null is no value" + at(missing);
    }
    Matcher lacking = LACKING.matcher(e.getOriginalMessage());
    if (lacking.find()) {
      return "there is no \"" + lacking.group(1) + "\"" + at((JsonMappingException) e);
    }
    if (e instanceof MismatchedInputException unfit && unfit.getTargetType() != null) {
      return "the value" + at(unfit) + " is no " + unfit.getTargetType().getSimpleName();
    }
    return e instanceof JsonMappingException unfit
        ? "the value" + at(unfit) + " does not fit, or is missing"
        : of(e);
  }

  private static String at(JsonMappingException e) {
    String place =
        e.getPath().stream()
            .map(
                part ->
                    part.getFieldName() == null
                        ? "[" + part.getIndex() + "]"
                        : "." + of(part.getFieldName()))
            .collect(Collectors.joining());
    return " at data" + place;
  }
}
